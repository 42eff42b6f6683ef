import { BookmarkAnswer, BookmarksAnswer, BookmarksRequest, NewBookmark } from '@/lib/contract/bookmark';
import { route } from '@/lib/http/route';
import { createBookmark } from '@/lib/services/bookmarks/create';
import { listBookmarks } from '@/lib/services/bookmarks/list';

export const GET = route({ who: 'viewer', input: BookmarksRequest, output: BookmarksAnswer, run: listBookmarks });
export const POST = route({
  who: 'viewer',
  input: NewBookmark,
  output: BookmarkAnswer,
  run: createBookmark,
  status: 201,
});

import { BookmarkDeleted, BookmarkRequest } from '@/lib/contract/bookmark';
import { route } from '@/lib/http/route';
import { deleteBookmark } from '@/lib/services/bookmarks/delete';

export const DELETE = route({ who: 'viewer', input: BookmarkRequest, output: BookmarkDeleted, run: deleteBookmark });

import type { BookmarkAnswer, BookmarksAnswer, BookmarksRequest } from '@/lib/contract/bookmark';
import { hasCode } from '@/lib/domain/errors';
import { isQueryError } from '@/lib/domain/search/errors';
import type { Context } from '@/lib/services/context';
import { nowOf } from '@/lib/services/tasks/answer';
import { readSearch } from '@/lib/services/tasks/read-search';
import { type SavedSearch, savedSearches } from './saved-searches';

const AT_ONCE = 4; // counts share the archive's two readers with everyone else

/** The saved searches of the viewer, own before public, each with what it finds for them now. */
export async function listBookmarks(ctx: Context, { tz }: BookmarksRequest): Promise<BookmarksAnswer> {
  const all = await savedSearches(ctx);
  const bookmarks: BookmarkAnswer[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    ctx.signal.throwIfAborted();
    const some = all.slice(from, from + AT_ONCE);
    bookmarks.push(...(await Promise.all(some.map((one) => toBookmarkAnswer(ctx, one, tz)))));
  }
  return { bookmarks };
}

export async function toBookmarkAnswer(ctx: Context, saved: SavedSearch, tz: string): Promise<BookmarkAnswer> {
  const { id, name, search, order, isPublic, stock, own, owner } = saved;
  const found = await countOf(ctx, search, tz);
  return {
    ...{ id, name, search, order, public: isPublic, stock, own, cluster: owner.cluster, owner: owner.user },
    count: found?.count ?? null,
    count_is_exact: found?.exact ?? true,
  };
}

/** How many tasks a search finds for the viewer; undefined when it cannot be run, as after a change of the language. */
async function countOf(
  ctx: Context,
  search: string,
  tz: string,
): Promise<{ count: number; exact: boolean } | undefined> {
  try {
    const { bound: query } = readSearch(ctx, search, tz);
    const order = { field: 'started_at', descending: true } as const;
    const ask = { viewer: ctx.viewer, query, order, perPage: 1, at: { page: 1 }, now: nowOf(ctx) };
    return (await ctx.archive.searchTasks(ask)).subtotal;
  } catch (error) {
    if (isQueryError(error) || hasCode(error, 'not_supported')) return undefined;
    throw error;
  }
}

import type { BookmarkDeleted, BookmarkRequest } from '@/lib/contract/bookmark';
import { AppError } from '@/lib/domain/errors';
import type { Context } from '@/lib/services/context';
import { ownersOf } from './owners';
import { savedSearches } from './saved-searches';

/** Deletes a saved search of one's own. Throws `not_found` for one the viewer does not see, `forbidden` for another's. */
export async function deleteBookmark(ctx: Context, { id }: BookmarkRequest): Promise<BookmarkDeleted> {
  const found = (await savedSearches(ctx)).find((one) => one.id === id);
  if (!found) throw new AppError('not_found', 'There is no such saved search.');
  if (!found.own)
    throw new AppError('forbidden', `This saved search is ${found.owner.user}'s, who alone may delete it.`);
  if (found.stock) await ctx.archive.dropStock(ownersOf(ctx), found.name);
  else await ctx.archive.deleteBookmark(id);
  return { id };
}

import type { BookmarkAnswer, NewBookmark } from '@/lib/contract/bookmark';
import { AppError } from '@/lib/domain/errors';
import { parseOrder, printOrder } from '@/lib/domain/search/order';
import type { Context } from '@/lib/services/context';
import { readSearch } from '@/lib/services/tasks/read-search';
import { toBookmarkAnswer } from './list';
import { ownersOf } from './owners';
import { isSameName, savedSearches } from './saved-searches';

const MOST = 100;

/**
 * Keeps a search by name, in its canonical text. Throws QueryError, `conflict` for a name that the viewer sees already or
 * when they have too many, and `not_signed_in` for a cluster where they are nobody.
 */
export async function createBookmark(ctx: Context, wish: NewBookmark): Promise<BookmarkAnswer> {
  const { name, cluster, tz } = wish;
  const { canonical } = readSearch(ctx, wish.search, tz);
  const order = printOrder(parseOrder(wish.order));
  const owner = ownersOf(ctx).find((one) => cluster === undefined || one.cluster === cluster);
  if (!owner) throw new AppError('not_signed_in', 'You are not signed in there, so nothing can be kept for you.');
  const seen = await savedSearches(ctx);
  const taken = () => new AppError('conflict', `There is a saved search named "${name}" already.`);
  if (seen.some((one) => isSameName(one.name, name))) throw taken();
  if (seen.filter(({ own }) => own).length >= MOST) {
    throw new AppError('conflict', `You have ${MOST} saved searches. Delete one first.`);
  }
  const bookmark = { id: crypto.randomUUID(), owner, name, search: canonical, order, isPublic: wish.public };
  if (!(await ctx.archive.addBookmark(bookmark))) throw taken();
  return toBookmarkAnswer(ctx, { ...bookmark, stock: false, own: true }, tz);
}

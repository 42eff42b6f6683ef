import type { Bookmark } from '@/lib/archive/archive';
import { printOrder } from '@/lib/domain/search/order';
import { STOCK_SEARCHES } from '@/lib/domain/search/stock';
import type { Context } from '@/lib/services/context';
import { ownersOf } from './owners';

/** A saved search as one person sees it. */
export type SavedSearch = Bookmark & { stock: boolean; own: boolean };

const NEWEST_FIRST = printOrder({ field: 'started_at', descending: true });

/** The id of a stock search: the same for everyone, since it is a row of nobody. */
const stockId = (name: string): string => `stock-${name.replaceAll(' ', '-')}`;

/**
 * The saved searches that the viewer sees: their own, the stock ones they have not thrown away, then public ones. A name
 * stands there once; what somebody makes public never takes the place of one's own.
 */
export async function savedSearches(ctx: Context): Promise<SavedSearch[]> {
  const owners = ownersOf(ctx);
  const [first] = owners;
  if (!first) return [];
  const [kept, dropped] = await Promise.all([ctx.archive.bookmarks(owners), ctx.archive.droppedStock(owners)]);
  const isOwn = ({ owner }: Bookmark) =>
    owners.some(({ cluster, user }) => cluster === owner.cluster && user === owner.user);
  const stock = STOCK_SEARCHES.filter(({ name }) => !dropped.includes(name)).map(({ name, search }) => ({
    ...{ id: stockId(name), owner: first, name, search, order: NEWEST_FIRST },
    ...{ isPublic: false, stock: true, own: true },
  }));
  const all: SavedSearch[] = [
    ...kept.filter(isOwn).map((one) => ({ ...one, stock: false, own: true })),
    ...stock,
    ...kept.filter((one) => !isOwn(one)).map((one) => ({ ...one, stock: false, own: false })),
  ];
  return all.filter(({ name }, at) => all.findIndex((other) => isSameName(other.name, name)) === at);
}

/** Names that differ in case alone are one name to a reader. */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

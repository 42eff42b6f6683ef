import type { HistoryAnswer, HistoryEntry } from '@/lib/contract/search';
import { ownersOf } from '@/lib/services/bookmarks/owners';
import type { Context } from '@/lib/services/context';
import { readSearch } from '@/lib/services/tasks/read-search';

const KEPT = 50;

/** What the viewer searched for, latest first. */
export async function listHistory(ctx: Context): Promise<HistoryAnswer> {
  return { searches: await ctx.archive.searchHistory(ownersOf(ctx), KEPT) };
}

/** Notes a search, in its canonical text; the one for everything is not worth keeping. Throws QueryError. */
export async function noteSearch(ctx: Context, { search }: HistoryEntry): Promise<HistoryAnswer> {
  const { canonical } = readSearch(ctx, search, 'UTC');
  const [owner] = ownersOf(ctx);
  if (owner && canonical !== '') await ctx.archive.noteSearch(owner, canonical, ctx.now(), KEPT);
  return listHistory(ctx);
}

/** Forgets what the viewer searched for, in every cluster they are signed in to. */
export async function clearHistory(ctx: Context): Promise<HistoryAnswer> {
  await ctx.archive.forgetSearches(ownersOf(ctx));
  return { searches: [] };
}

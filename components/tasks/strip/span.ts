import type { BoundQuery } from '@/lib/domain/search/bound';
import { readQuery } from '@/lib/domain/search/read-query';
import { secondOf } from '@/lib/domain/time';

/** The time that the strip shows, in whole buckets; milliseconds, `bucket` in seconds. */
export type Span = { from: number; to: number; bucket: number };

const DAY = 86_400;
const BARS = 96;
const SHORTEST = 60;
const STEPS = [SHORTEST, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY];
/** Without a time in the search: the shortest of these that has all rows of the page in it. */
const USUAL = [1, 2, 7, 30, 90, 365, 1095, 3650].map((days) => days * DAY);

type Facts = {
  search: string;
  zone: string;
  /** Milliseconds. */
  now: number;
  /** When the oldest row on the page started, if the page has one. */
  oldest: number | null;
};

/** The span of a search: the one it names, else one that ends now and has the page in it. */
export function spanOf({ search, zone, now, oldest }: Facts): Span {
  const { from, to } = startOf(search, zone, now);
  const end = Math.min(to ?? Number.POSITIVE_INFINITY, now / 1000);
  const shown = oldest === null ? 0 : end - oldest / 1000;
  const usual = USUAL.find((length) => length >= shown) ?? Math.max(shown, DAY);
  const start = Math.min(from ?? end - usual, end - SHORTEST);
  const bucket = STEPS.find((step) => (end - start) / step <= BARS) ?? Math.ceil((end - start) / BARS / DAY) * DAY;
  return { from: Math.floor(start / bucket) * bucket * 1000, to: Math.ceil(end / bucket) * bucket * 1000, bucket };
}

/** Between which seconds a search asks for the start of tasks. */
function startOf(search: string, timeZone: string, now: number): { from?: number; to?: number } {
  try {
    return limitsOf(readQuery(search, { now: secondOf(now), timeZone }).bound);
  } catch {
    return {};
  }
}

function limitsOf(query: BoundQuery): { from?: number; to?: number } {
  if (query.kind === 'and') {
    const all = query.of.map(limitsOf);
    const froms = all.flatMap(({ from }) => from ?? []);
    const tos = all.flatMap(({ to }) => to ?? []);
    return {
      ...(froms.length > 0 ? { from: Math.max(...froms) } : {}),
      ...(tos.length > 0 ? { to: Math.min(...tos) } : {}),
    };
  }
  if (query.kind !== 'range' || query.field !== 'started_at' || query.not) return {};
  const { from, to } = query;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

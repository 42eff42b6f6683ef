import type { HistogramAnswer, HistogramRequest } from '@/lib/contract/search';
import { AppError } from '@/lib/domain/errors';
import { epochSeconds, isoTime } from '@/lib/domain/time';
import { zoneOf } from '@/lib/domain/zone';
import type { Context } from '@/lib/services/context';
import { nowOf } from '@/lib/services/tasks/answer';
import { readSearch } from '@/lib/services/tasks/read-search';

const DAY = 86_400;
const STEPS = [60, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY, 7 * DAY, 30 * DAY];
const USUAL_BUCKETS = 96; // quarters of an hour in a day
const MOST_BUCKETS = 1000;

/** The tasks of a search by start and result. Throws QueryError, and `bad_request` for a span that cannot be drawn. */
export async function countByStart(ctx: Context, request: HistogramRequest): Promise<HistogramAnswer> {
  const { bound: query } = readSearch(ctx, request.search, request.tz);
  const now = nowOf(ctx);
  const to = request.to === undefined ? now : secondOf(request.to);
  const from = request.from === undefined ? epochSeconds(to - DAY) : secondOf(request.from);
  if (from >= to) throw new AppError('bad_request', '"from" must be before "to".', { details: { issues: ['from'] } });
  const bucketSeconds =
    request.bucket ?? STEPS.find((step) => (to - from) / step <= USUAL_BUCKETS) ?? yearsIn((to - from) / USUAL_BUCKETS);
  if ((to - from) / bucketSeconds > MOST_BUCKETS) {
    const message = `That would be more than ${MOST_BUCKETS} buckets. Take longer ones, or a shorter span.`;
    throw new AppError('bad_request', message, { details: { issues: ['bucket'] } });
  }
  const zone = zoneOf(request.tz);
  const buckets = await ctx.archive.histogram({ viewer: ctx.viewer, query, from, to, bucketSeconds, zone, now });
  return {
    bucket_seconds: bucketSeconds,
    buckets: buckets.map(({ start, byResult }) => ({ start: isoTime(start), by_result: byResult })),
  };
}

const secondOf = (iso: string) => epochSeconds(Date.parse(iso) / 1000);

const yearsIn = (seconds: number): number => Math.ceil(seconds / (365 * DAY)) * 365 * DAY;

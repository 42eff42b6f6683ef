import { sql } from 'kysely';
import { type EpochSeconds, epochSeconds } from '@/lib/domain/time';
import { offsetsBetween, startOfDay, wallAt } from '@/lib/domain/zone';
import type { Bucket, HistogramRequest } from './archive';
import type { Core } from './core';
import type { Sql } from './dialect';
import { guardOf } from './guard';
import { PER_SECOND, RESULT_CODES } from './schema';
import { choosePath } from './search/access-path';
import { histogramQuery } from './search/compile-search';
import { allOf, startOf } from './search/condition';
import { resolve } from './search/resolve';
import { mentionsObject } from './search-tasks';
import { statementOf } from './statement';
import { assertCurrent } from './to-task';

const DAY = 86_400;

/** The tasks that fit and that the viewer may see by start and result; see the port. */
export async function histogram(core: Core, request: HistogramRequest): Promise<Bucket[]> {
  const { viewer, query, from, to, now } = request;
  if (mentionsObject(query)) await core.objects.load(core.database.reads);
  const guard = guardOf(core.dictionaries, viewer);
  const { dialect } = core.database;
  const scope = { dictionaries: core.dictionaries, objects: core.objects, guard, now, dialect };
  const asked = allOf([startOf(from, to), resolve(scope, query)]);
  const condition = allOf([guard.condition, asked]);
  const { starts, key } = bucketsOf(request);
  const buckets = starts.map((start): Bucket => ({ start, byResult: {} }));
  if (condition.kind === 'false') return buckets;
  const path = choosePath(guard.condition, asked, { statistics: core.statistics, dialect });
  const search = { condition, path, dialect };
  const rows = await core.database.readRows<{ bucket: number; result: number; n: number }>(
    statementOf(histogramQuery(search, key)),
  );
  await assertCurrent(core, guard);
  for (const { bucket, result, n } of rows) {
    const name = RESULT_CODES[result];
    const at = buckets[bucket];
    if (name && at) at.byResult[name] = n;
  }
  return buckets;
}

const started = sql`(task.id / ${sql.lit(PER_SECOND)})`;

/** When each bucket begins, and in which one a task falls, as SQL over whole numbers. */
function bucketsOf({ from, to, bucketSeconds, zone }: HistogramRequest): { starts: EpochSeconds[]; key: Sql } {
  if (bucketSeconds % DAY === 0) return daysOf({ from, to, days: bucketSeconds / DAY, zone });
  const first = Math.floor(from / bucketSeconds);
  const starts: EpochSeconds[] = [];
  for (let at = first; at * bucketSeconds < to; at += 1) starts.push(epochSeconds(at * bucketSeconds));
  return { starts, key: sql`(${started} / ${sql.lit(bucketSeconds)} - ${sql.lit(first)})` };
}

type Days = Pick<HistogramRequest, 'from' | 'to' | 'zone'> & { days: number };

/** Calendar days of the zone: what its clocks show is counted, with the offset that held when the task started. */
function daysOf({ from, to, zone, days }: Days): { starts: EpochSeconds[]; key: Sql } {
  const { year, month, day } = wallAt(from, zone);
  const starts: EpochSeconds[] = [];
  for (let shift = 0; ; shift += days) {
    const start = startOfDay(year, month, day + shift, zone);
    if (start >= to) break;
    starts.push(epochSeconds(start));
  }
  const offsets = offsetsBetween(from, to, zone);
  const [earliest, ...later] = offsets;
  const offset = later
    .toReversed()
    .map((change) => sql`when task.id >= ${sql.lit(change.from * PER_SECOND)} then ${sql.lit(change.offset)}`);
  const first = sql.lit(earliest?.offset ?? 0);
  const ahead = offset.length === 0 ? first : sql`case ${sql.join(offset, sql` `)} else ${first} end`;
  const firstDay = Math.floor((from + (earliest?.offset ?? 0)) / DAY);
  const dayOf = sql`((${started} + ${ahead}) / ${sql.lit(DAY)})`;
  return { starts, key: sql`((${dayOf} - ${sql.lit(firstDay)}) / ${sql.lit(days)})` };
}

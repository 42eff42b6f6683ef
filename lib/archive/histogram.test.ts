import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoundQuery } from '@/lib/domain/search/bound';
import { epochSeconds } from '@/lib/domain/time';
import { wallAt, zoneOf } from '@/lib/domain/zone';
import { aWorld, isFound, VIEWERS } from './a-world.test-support';
import { anArchive, anAuditor, aSave, aTask, ENGINES, NOW } from './an-archive.test-support';
import { anyQuery } from './any-query.test-support';

const SEED = Number(process.env.SEED ?? 7);

const byOf = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

const dayIn = (time: number, zone: string): string => {
  const { year, month, day } = wallAt(time, zoneOf(zone));
  return `${year}-${month}-${day}`;
};

describe.each(ENGINES)('on %s', (engine) => {
  test('buckets hold what evaluation finds, for every viewer', { timeout: 120_000 }, async () => {
    const { archive, tasks } = await aWorld(engine, 120, SEED);
    await using _ = archive;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyQuery, fc.constant<BoundQuery>({ kind: 'all' })),
        fc.constantFrom(...Object.keys(VIEWERS)),
        fc.tuple(fc.nat(7000), fc.nat(7000)),
        fc.constantFrom(60, 900, 3600, 7200),
        async (query, name, [one, other], bucketSeconds) => {
          const viewer = VIEWERS[name] ?? anAuditor();
          const [from, to] = [epochSeconds(NOW - Math.max(one, other)), epochSeconds(NOW - Math.min(one, other) + 1)];
          const wish = { viewer, query, from, to, bucketSeconds, zone: zoneOf('UTC'), now: NOW };
          const buckets = await archive.histogram(wish);
          for (const [at, { start, byResult }] of buckets.entries()) {
            expect(start).toBe((Math.floor(from / bucketSeconds) + at) * bucketSeconds);
            const within = tasks.filter(
              ({ startedAt }) => startedAt >= Math.max(start, from) && startedAt < Math.min(start + bucketSeconds, to),
            );
            expect(byResult).toEqual(byOf(within.filter((task) => isFound(viewer, task, query)).map((t) => t.result)));
          }
          expect((buckets.at(-1)?.start ?? 0) + bucketSeconds).toBeGreaterThanOrEqual(to);
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 150), seed: SEED },
    );
  });

  // Days of 23 and 25 hours, a day that begins at one o'clock, and an offset of three quarters of an hour.
  test.each<[string, string, number]>([
    ['Europe/Berlin', '2024-03-20T00:00:00Z', 1],
    ['Europe/Berlin', '2024-10-20T00:00:00Z', 1],
    ['America/Sao_Paulo', '2018-10-30T00:00:00Z', 1],
    ['Asia/Kathmandu', '2024-06-01T00:00:00Z', 1],
    ['America/New_York', '2024-01-01T00:00:00Z', 7],
  ])('days in %s from %s on are those its clocks show, %i at a time', async (zone, since, days) => {
    await using archive = await anArchive(engine);
    const from = epochSeconds(Date.parse(since) / 1000 + 1234);
    const to = epochSeconds(from + 150 * 86_400);
    const times = fc.sample(fc.integer({ min: from - 9000, max: to + 9000 }), { numRuns: 900, seed: SEED });
    await archive.saveTasks(aSave(times.map((time) => aTask({ startTime: epochSeconds(time) }))));
    const wish = { viewer: anAuditor(), query: { kind: 'all' as const }, from, to, now: NOW, zone: zoneOf(zone) };
    const buckets = await archive.histogram({ ...wish, bucketSeconds: days * 86_400 });
    const inside = times.filter((time) => time >= from && time < to);
    if (days === 1) {
      const found = buckets
        .filter(({ byResult }) => byResult.success)
        .map(({ start, byResult }) => [dayIn(start, zone), byResult.success]);
      expect(Object.fromEntries(found)).toEqual(byOf(inside.map((time) => dayIn(time, zone))));
    }
    for (const [at, { start, byResult }] of buckets.entries()) {
      const end = buckets[at + 1]?.start ?? to;
      expect(wallAt(start, zoneOf(zone)).minute).toBe(0);
      expect(byResult.success ?? 0).toBe(inside.filter((time) => time >= start && time < end).length);
    }
  });
});

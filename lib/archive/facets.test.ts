import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoundQuery } from '@/lib/domain/search/bound';
import { COUNTED_FIELDS, type CountedField } from '@/lib/domain/search/fields';
import { readQuery } from '@/lib/domain/search/read-query';
import type { Task } from '@/lib/domain/task';
import { familyOf } from '@/lib/domain/task-type';
import { epochSeconds } from '@/lib/domain/time';
import { realmOf } from '@/lib/domain/upid';
import { maySeeGuest, type Viewer } from '@/lib/domain/visibility';
import { aWorld, isFound, VIEWERS } from './a-world.test-support';
import { aGuest, anArchive, anAuditor, aSave, aTask, aView, ENGINES, guestsOf, NOW } from './an-archive.test-support';
import { anyQuery } from './any-query.test-support';

const SEED = Number(process.env.SEED ?? 7);

function valuesOf(task: Task, field: CountedField, viewer: Viewer): readonly (string | null | undefined)[] {
  const view = viewer.clusters.get(task.cluster);
  const guest = task.guest && view && maySeeGuest(view, task.guest.vmid) ? task.guest : null;
  switch (field) {
    case 'family':
      return [familyOf(task.label)];
    case 'realm':
      return [realmOf(task.user)];
    case 'tag':
      return guest?.tags ?? [];
    case 'pool':
      return [guest?.pool];
    case 'guest':
      return [guest?.name];
    case 'exitstatus':
      return [task.exitStatus];
    default:
      return [task[field]];
  }
}

/** The same counts, one task after the other. */
function counted(tasks: readonly Task[], field: CountedField, viewer: Viewer, query: BoundQuery, begins: RegExp) {
  const counts = new Map<string, number>();
  for (const task of tasks.filter((one) => isFound(viewer, one, query))) {
    for (const value of new Set(valuesOf(task, field, viewer))) {
      if (value && begins.test(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count, exact: true }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

const PREFIXES: [string, RegExp][] = [
  ['', /^/],
  ['q', /^q/i],
  ['*start', /^.*start/i],
  ['PVE', /^pve/i],
  ['w*-', /^w.*-/i],
  ['1', /^1/],
  ['%', /^%/],
  ['ö', /^ö/i],
];

describe.each(ENGINES)('on %s', (engine) => {
  test('counts are those of evaluation, for every field and viewer', { timeout: 120_000 }, async () => {
    const { archive, tasks } = await aWorld(engine, 120, SEED);
    await using _ = archive;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyQuery, fc.constant<BoundQuery>({ kind: 'all' })),
        fc.constantFrom(...Object.keys(VIEWERS)),
        fc.subarray([...COUNTED_FIELDS], { minLength: 1 }),
        fc.constantFrom(...PREFIXES),
        async (query, name, fields, [prefix, begins]) => {
          const viewer = VIEWERS[name] ?? anAuditor();
          const found = await archive.countValues({ viewer, query, fields, prefix, limit: 100, now: NOW });
          for (const field of fields) {
            expect([field, found.get(field)]).toEqual([field, counted(tasks, field, viewer, query, begins)]);
          }
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 300), seed: SEED },
    );
  });

  test('a name, tag or pool is counted only for guests of the viewer’s own', async () => {
    await using archive = await anArchive(engine);
    const guests = guestsOf(
      aGuest({ vmid: 100, name: 'mine', tags: ['a'], pool: 'p' }),
      aGuest({ vmid: 101, name: 'secret', tags: ['b'], pool: 'q' }),
    );
    await archive.saveTasks(aSave([aTask({ id: '100' }), aTask({ id: '101' }), aTask({ id: '101' })], { guests }));
    const view = aView({ permissions: { '/nodes': { 'Sys.Audit': 1 } }, guests: new Set([100]) });
    const fields: CountedField[] = ['guest', 'tag', 'pool', 'node'];
    const viewer = { clusters: new Map([['lab', view]]) };
    const found = await archive.countValues({ viewer, query: { kind: 'all' }, fields, limit: 20, now: NOW });
    const names = Object.fromEntries([...found].map(([field, rows]) => [field, rows.map(({ value }) => value)]));
    expect(names).toEqual({ guest: ['mine'], tag: ['a'], pool: ['p'], node: ['pve1'] });
  });

  test('what stops early is a lower bound and says so; counters and small indexes stay exact', async () => {
    await using archive = await anArchive(engine);
    const tasks = Array.from({ length: 21_000 }, (_, at) =>
      aTask({
        pid: at,
        startTime: epochSeconds(NOW - at),
        type: at % 2 ? 'vzdump' : 'qmstart',
        id: '',
        status: at % 100 ? 'OK' : 'got timeout',
      }),
    );
    await archive.saveTasks(aSave(tasks));
    const count = async (field: CountedField, search: string) => {
      const { bound } = readQuery(search, { now: NOW, timeZone: 'UTC' });
      const request = { viewer: anAuditor(), query: bound, fields: [field], limit: 20, now: NOW };
      return (await archive.countValues(request)).get(field);
    };
    expect(await count('label', '')).toEqual([
      { value: 'qmstart', count: 10_500, exact: true },
      { value: 'vzdump', count: 10_500, exact: true },
    ]);
    expect(await count('result', '')).toEqual([
      { value: 'success', count: 20_790, exact: true },
      { value: 'error', count: 210, exact: true },
    ]);
    expect(await count('state', 'label = vzdump')).toEqual([{ value: 'stopped', count: 10_500, exact: true }]);
    const capped = await count('exitstatus', '');
    expect(capped?.map(({ value, exact }) => [value, exact])).toEqual([
      ['OK', false],
      ['got timeout', false],
    ]);
    expect(await count('exitstatus', 'result = error')).toEqual([{ value: 'got timeout', count: 210, exact: true }]);
  }, 60_000);
});

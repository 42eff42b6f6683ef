import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '@/lib/domain/search/evaluate';
import type { Task } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import { joinActor } from '@/lib/domain/upid';
import { maySeeTask, type Viewer } from '@/lib/domain/visibility';
import {
  AUDITOR,
  aGuest,
  anArchive,
  anAuditor,
  aRequest,
  aSave,
  aView,
  ENGINES,
  guestsOf,
  NOW,
} from './an-archive.test-support';
import { anyQuery, anyTasks } from './any-query.test-support';

const SEED = Number(process.env.SEED ?? 7);
const CLUSTERS = ['lab', 'office'];

const guests = guestsOf(
  aGuest({ vmid: 100, name: 'web-1', tags: ['prod', 'WEB-É'], pool: 'www' }),
  aGuest({ vmid: 101, name: '100', tags: ["o'tag"], pool: null, type: 'lxc' }),
  aGuest({ vmid: 1001, name: null, tags: [], pool: '' }),
);

const viewers: Record<string, Viewer> = {
  auditor: anAuditor(...CLUSTERS),
  'of one cluster': anAuditor('office'),
  'of one node, and a user': {
    clusters: new Map([
      [
        'lab',
        aView({ identity: 'alice@pve', permissions: { '/nodes/pve2': { 'Sys.Audit': 0 } }, guests: new Set([101]) }),
      ],
      ['office', aView({ identity: 'root@pam', guests: new Set([100]) })],
    ]),
  },
  'a token': { clusters: new Map([['lab', aView({ identity: 'root@pam!ci' })]]) },
  nobody: { clusters: new Map([['lab', aView({ identity: 'nobody@pve' })]]) },
  'of nothing': { clusters: new Map() },
};

describe.each(ENGINES)('on %s', (engine) => {
  test('SQL and evaluation agree, for every viewer', { timeout: 300_000 }, async () => {
    const runs = Number(process.env.RUNS ?? 400);
    const worlds = fc.sample(anyTasks(120), { numRuns: 2, seed: SEED });
    for (const world of worlds) {
      await using archive = await anArchive(engine);
      for (const [at, task] of world.entries()) {
        const cluster = CLUSTERS[at % 2] ?? 'lab';
        const listedBy = at % 7 === 0 ? 'pve2' : task.upid.node;
        await archive.saveTasks(aSave([task], { cluster, listedBy, guests: at % 5 === 0 ? new Map() : guests }));
        if (at % 11 === 0) await archive.noteStop({ cluster, upid: task.upid.text }, NOW, 'root@pam');
      }
      await archive.markNode('lab', 'pve1', 'unknown');
      const all = await archive.searchTasks(aRequest({ viewer: anAuditor(...CLUSTERS), perPage: 500 }));
      expect(all.tasks).toHaveLength(world.length);
      await fc.assert(
        fc.asyncProperty(anyQuery, fc.constantFrom(...Object.keys(viewers)), async (query, name) => {
          const viewer = viewers[name] ?? anAuditor();
          const found = await archive.searchTasks(aRequest({ viewer, query, perPage: 500 }));
          const expected = all.tasks.filter((task) => fits(viewer, task, query));
          expect(found.tasks.map((task) => task.upid)).toEqual(expected.map((task) => task.upid));
          expect(found.subtotal).toEqual({ count: expected.length, exact: true });
          expect(found.total.count).toBe(all.tasks.filter((task) => fits(viewer, task, { kind: 'all' })).length);
        }),
        { numRuns: runs, seed: SEED },
      );
    }
  });

  function fits(viewer: Viewer, task: Task, query: Parameters<typeof evaluate>[0]): boolean {
    const view = viewer.clusters.get(task.cluster);
    if (!view || !maySeeTask(view, task.listedBy, joinActor(task.user, task.token))) return false;
    return evaluate(query, task, view, epochSeconds(NOW));
  }

  test('what is not in the viewer’s own guests stays a number', async () => {
    await using archive = await anArchive(engine);
    const [task] = fc.sample(anyTasks(1), 1)[0] ?? [];
    if (!task) throw new Error('no task');
    const seen = { ...task, upid: { ...task.upid, type: 'qmstart', id: '100', text: task.upid.text } };
    await archive.saveTasks(aSave([seen], { guests }));
    const blind = { clusters: new Map([['lab', aView({ ...AUDITOR, permissions: { '/': { 'Sys.Audit': 1 } } })]]) };
    const { tasks } = await archive.searchTasks(aRequest({ viewer: blind }));
    expect(tasks[0]).toMatchObject({ vmid: 100, guest: null });
  });
});

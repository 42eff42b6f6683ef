import fc from 'fast-check';
import type { BoundQuery } from '@/lib/domain/search/bound';
import { evaluate } from '@/lib/domain/search/evaluate';
import type { Task } from '@/lib/domain/task';
import { joinActor } from '@/lib/domain/upid';
import { maySeeTask, type Viewer } from '@/lib/domain/visibility';
import {
  aGuest,
  anArchive,
  anAuditor,
  aRequest,
  aSave,
  aView,
  type EngineName,
  guestsOf,
  NOW,
  type TestArchive,
} from './an-archive.test-support';
import { anyTasks } from './any-query.test-support';

const CLUSTERS = ['lab', 'office'];

const guests = guestsOf(
  aGuest({ vmid: 100, name: 'web-1', tags: ['prod', 'WEB-É'], pool: 'www' }),
  aGuest({ vmid: 101, name: '100', tags: ["o'tag"], pool: null, type: 'lxc' }),
  aGuest({ vmid: 1001, name: null, tags: [], pool: '' }),
);

/** People who see different parts of a world. */
export const VIEWERS: Record<string, Viewer> = {
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

/** An archive full of unlike tasks, and those tasks as someone who sees everything reads them. */
export async function aWorld(
  engine: EngineName,
  count: number,
  seed: number,
): Promise<{ archive: TestArchive; tasks: Task[] }> {
  const archive = await anArchive(engine);
  const world = fc.sample(anyTasks(count), { numRuns: 1, seed })[0] ?? [];
  for (const [at, task] of world.entries()) {
    const cluster = CLUSTERS[at % 2] ?? 'lab';
    const listedBy = at % 7 === 0 ? 'pve2' : task.upid.node;
    await archive.saveTasks(aSave([task], { cluster, listedBy, guests: at % 5 === 0 ? new Map() : guests }));
    if (at % 11 === 0) await archive.noteStop({ cluster, upid: task.upid.text }, NOW, 'root@pam');
  }
  await archive.markNode('lab', 'pve1', 'unknown');
  const { tasks } = await archive.searchTasks(aRequest({ viewer: anAuditor(...CLUSTERS), perPage: 500 }));
  return { archive, tasks };
}

/** What the rule of visibility and evaluation in memory say of one task. */
export function isFound(viewer: Viewer, task: Task, query: BoundQuery): boolean {
  const view = viewer.clusters.get(task.cluster);
  if (!view || !maySeeTask(view, task.listedBy, joinActor(task.user, task.token))) return false;
  return evaluate(query, task, view, NOW);
}

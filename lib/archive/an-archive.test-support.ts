import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Guest } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import { type EpochSeconds, epochSeconds } from '@/lib/domain/time';
import { formatUpid, parseUpid, type Upid } from '@/lib/domain/upid';
import type { ClusterView, Viewer } from '@/lib/domain/visibility';
import type { OpenArchive, SaveTasks, SearchRequest } from './archive';
import { openArchive } from './open';

/** A moment of the tests, in seconds. */
export const NOW: EpochSeconds = epochSeconds(1_733_000_000);

export type TestArchive = OpenArchive & AsyncDisposable & { dataDir: string };

/** A real archive in a folder of its own, which goes with it. */
export async function anArchive(dataDir?: string): Promise<TestArchive> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'archive-')));
  const archive = await openArchive({ dataDir: folder });
  return {
    ...archive,
    dataDir: folder,
    [Symbol.asyncDispose]: async () => {
      await archive.close();
      if (!dataDir) await rm(folder, { recursive: true });
    },
  };
}

let pids = 1000;

type Parts = Partial<Omit<Upid, 'text'>> & { text?: string; status?: string; took?: number };

/** A task as a node tells it; ended with OK after a minute unless `status` says otherwise, running when it is ''. */
export function aTask({ status = 'OK', took = 60, text, ...parts }: Parts = {}): SeenTask {
  const upid = {
    node: 'pve1',
    pid: pids++,
    pstart: 0x0a21ba7,
    startTime: NOW,
    type: 'qmstart',
    id: '100',
    user: 'root@pam',
    comment: '',
    ...parts,
  };
  const seen = text === undefined ? { ...upid, text: formatUpid(upid) } : (parseUpid(text) ?? { ...upid, text });
  return status === '' ? { upid: seen } : { upid: seen, end: { time: epochSeconds(seen.startTime + took), status } };
}

export const aGuest = (guest: Partial<Guest> & { vmid: number }): Guest => ({
  type: 'qemu',
  name: `vm-${guest.vmid}`,
  tags: [],
  pool: null,
  ...guest,
});

export const guestsOf = (...guests: Guest[]): Map<number, Guest> => new Map(guests.map((guest) => [guest.vmid, guest]));

/** What one node's list brings. */
export const aSave = (tasks: SeenTask[], more: Partial<SaveTasks> = {}): SaveTasks => ({
  cluster: 'lab',
  listedBy: 'pve1',
  guests: new Map(),
  ...more,
  tasks,
});

/** Someone who may see everything of the clusters. */
export const anAuditor = (...clusters: string[]): Viewer => ({
  clusters: new Map((clusters.length > 0 ? clusters : ['lab']).map((cluster) => [cluster, aView(AUDITOR)])),
});

export const AUDITOR: Partial<ClusterView> = {
  permissions: { '/': { 'Sys.Audit': 1, 'VM.Audit': 1 } },
};

/** A view of one cluster; without permissions it shows its identity's own tasks alone. */
export const aView = (view: Partial<ClusterView> = {}): ClusterView => ({
  identity: 'auditor@pve',
  permissions: {},
  aclPaths: new Set(['/']),
  guests: new Set(),
  ...view,
});

export const aRequest = (request: Partial<SearchRequest> = {}): SearchRequest => ({
  viewer: anAuditor(),
  query: { kind: 'all' },
  order: { field: 'started_at', descending: true },
  perPage: 50,
  at: { page: 1 },
  now: NOW,
  ...request,
});

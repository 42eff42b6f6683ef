import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Guest } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import { type EpochSeconds, epochSeconds } from '@/lib/domain/time';
import { formatUpid, parseUpid, type Upid } from '@/lib/domain/upid';
import type { ClusterView, Viewer } from '@/lib/domain/visibility';
import type { OpenArchive, SaveTasks, SearchRequest } from './archive';
import type { Place } from './core';
import { openArchive } from './open';
import { aDatabase, queryAside } from './postgres/server.test-support';

/** A moment of the tests, in seconds. */
export const NOW: EpochSeconds = epochSeconds(1_733_000_000);

/** Every test of what an archive does runs on both. */
export const ENGINES = ['SQLite', 'Postgres'] as const;
export type EngineName = (typeof ENGINES)[number];

export type TestArchive = OpenArchive & AsyncDisposable & { place: Place };

/** A real archive in a place of its own, which goes with it; or another one in the same place. */
export async function anArchive(where: EngineName | Place = 'SQLite'): Promise<TestArchive> {
  const own = typeof where === 'string' ? await aPlace(where) : undefined;
  const place = own?.place ?? (where as Place); // it is one of the two
  const archive = await openArchive(place);
  return {
    ...archive,
    place,
    [Symbol.asyncDispose]: async () => {
      await archive.close();
      await own?.remove();
    },
  };
}

/** Runs one statement in an archive's database as if by somebody else; in SQLite the archive must be closed. */
export async function behindItsBack<R>(place: Place, sql: string, file = 'archive'): Promise<R[]> {
  if ('databaseUrl' in place) return queryAside<R>(place.databaseUrl, sql);
  const db = new DatabaseSync(join(place.dataDir, `${file}.db`));
  const rows = db.prepare(sql).all();
  db.close();
  return rows as R[];
}

/** Where nothing is yet: a folder, or a database on the tests' own server. */
export async function aPlace(engine: EngineName): Promise<{ place: Place; remove(): Promise<void> }> {
  if (engine === 'Postgres') {
    const { url, drop } = await aDatabase();
    return { place: { databaseUrl: url }, remove: drop };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-'));
  return { place: { dataDir }, remove: () => rm(dataDir, { recursive: true }) };
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

import { pino } from 'pino';
import { aView, NOW, type TestArchive } from '@/lib/archive/an-archive.test-support';
import { AppError } from '@/lib/domain/errors';
import type { Viewer } from '@/lib/domain/visibility';
import type { Call, Transport } from '@/lib/proxmox/transport';
import type { ClusterFacts } from '@/lib/services/collector/facts';
import type { Context } from '@/lib/services/context';
import { Hub } from '@/lib/services/log-tail/hub';
import { sleep } from '@/lib/sleep';
import { ChangeFeed } from './change-feed';

export const AUDITOR = { '/': { 'Sys.Audit': 1, 'VM.Audit': 1 } };

export const aViewer = (view: Parameters<typeof aView>[0] = { permissions: AUDITOR }): Viewer => ({
  clusters: new Map([['lab', aView(view)]]),
});

export const clusterFacts = (facts: Partial<ClusterFacts> = {}): ClusterFacts => ({
  ...{ id: 'lab', name: 'Lab', url: 'https://lab.example:8006', state: 'ok', asOf: NOW * 1_000, since: NOW * 1_000 },
  ...{ version: '9.2.11', error: null, retryAt: null, logsToFetch: 0, missingRights: [], gaps: [], nodes: [] },
  ...facts,
});

// One for all contexts of an archive, as in the process.
const feeds = new WeakMap<TestArchive, ChangeFeed>();

function feedOf(archive: TestArchive, now: () => number): ChangeFeed {
  const feed = feeds.get(archive) ?? new ChangeFeed(archive, now);
  feeds.set(archive, feed);
  return feed;
}

type Parts = {
  archive: TestArchive;
  viewer?: Viewer;
  /** What the cluster answers to a call that is made as the viewer. */
  answer?: (call: Call) => unknown;
  reads?: ConstructorParameters<typeof Hub>[0]['reads'];
} & Partial<Pick<Context, 'failures' | 'clusters' | 'actions' | 'signal' | 'now'>> & { facts?: ClusterFacts[] };

/** A context over a real archive. `calls` has what was asked of the cluster as the viewer; `see` changes the rights. */
export function aContext(parts: Parts) {
  const { archive, answer = () => null, facts = [clusterFacts()] } = parts;
  const calls: Call[] = [];
  const statusListeners = new Set<(cluster: string) => void>();
  let viewer = parts.viewer ?? aViewer();
  let next = viewer;
  const now = parts.now ?? (() => NOW * 1_000);
  const pve: Transport = {
    cluster: 'lab',
    async send(call, schema) {
      calls.push(call);
      return { data: schema.parse(answer(call)), total: 0 };
    },
    async stream() {
      throw new AppError('internal', 'no streams here');
    },
  };
  const ctx: Context = {
    requestId: 'r1',
    get viewer() {
      return viewer;
    },
    failures: parts.failures ?? [],
    clusters: parts.clusters ?? [{ id: 'lab', name: 'Lab' }],
    pve: () => pve,
    async refresh() {
      viewer = next;
      return viewer;
    },
    archive,
    collector: {
      run: async () => undefined,
      status: () => facts,
      aclPaths: () => null,
      onStatus(listener) {
        statusListeners.add(listener);
        return () => statusListeners.delete(listener);
      },
    },
    tails: new Hub({ reads: parts.reads ?? new Map(), log: pino({ level: 'silent' }), now: Date.now, wait: sleep }),
    changes: feedOf(archive, now),
    basePath: '/pve',
    actions: parts.actions ?? { stop: true },
    now,
    signal: parts.signal ?? new AbortController().signal,
  };
  return {
    ctx,
    calls,
    /** From the next refresh on. */
    see(other: Viewer) {
      next = other;
    },
  };
}

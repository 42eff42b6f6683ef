import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { CollectorStore, LeaseStore } from '@/lib/archive/archive';
import type { PveCluster } from '@/lib/proxmox/cluster';
import { sleep } from '@/lib/sleep';
import { ClusterCollector } from './cluster-collector';
import type { ClusterFacts } from './facts';
import { underLease } from './lease';
import { LeasedCluster } from './leased-cluster';
import { readsOf } from './reads';

/** Fills the archive from every configured cluster, one reader for all viewers of all instances. */
export type Collector = {
  /** Collects until the signal aborts; resolves when what was begun has ended. */
  run(signal: AbortSignal): Promise<void>;
  status(): ClusterFacts[];
  /** Every path that an ACL of the cluster names; null while the collector could not learn them. */
  aclPaths(cluster: string): ReadonlySet<string> | null;
  /** Called when a cluster or node changed its state, or its trouble its words; gives back how to stop listening. */
  onStatus(listener: (cluster: string) => void): () => void;
};

export type CollectorInput = {
  /** `token`: `user@realm!name=secret` of role PVEAuditor on `/`. */
  clusters: readonly { cluster: PveCluster; token: string; pollSeconds: number }[];
  archive: CollectorStore & LeaseStore;
  keepLogs: boolean;
  maxLogBytes: number;
  log: Logger;
  /** Milliseconds. */
  now(): number;
};

export function createCollector(input: CollectorInput): Collector {
  const { archive: store, keepLogs, maxLogBytes, log, now } = input;
  const listeners = new Set<(cluster: string) => void>();
  const told = new Map<string, string>();
  // A node is swept often; only what people should hear of at once is worth waking every stream.
  const tell = (id: string) => {
    const facts = clusters.get(id)?.facts();
    if (!facts) return;
    const { state, error, missingRights, gaps, nodes } = facts;
    const now = JSON.stringify([
      state,
      error,
      missingRights,
      gaps.length,
      nodes.map((n) => [n.node, n.state, n.error]),
    ]);
    if (told.get(id) === now) return;
    told.set(id, now);
    for (const listener of listeners) listener(id);
  };
  const clusters: ReadonlyMap<string, LeasedCluster> = new Map(
    input.clusters.map(({ cluster, token, pollSeconds }) => {
      const { id, name } = cluster;
      const onFacts = () => tell(id);
      const make = () =>
        new ClusterCollector({
          ...{ id, name, pollSeconds, store, keepLogs, maxLogBytes, now, wait: sleep, onFacts },
          url: () => (cluster.addresses().find((address) => address.healthy) ?? cluster.addresses()[0])?.url ?? null,
          reads: readsOf(cluster.as({ kind: 'token', token })),
          log: log.child({ cluster: id }),
        });
      return [id, new LeasedCluster(id, make, onFacts)] as const;
    }),
  );
  return {
    async run(signal) {
      const holder = randomUUID();
      const deps = { store, holder, log, wait: sleep, now: performance.now.bind(performance) };
      await Promise.all([...clusters.values()].map((cluster) => underLease(cluster, deps, signal)));
    },
    status: () => [...clusters.values()].map((cluster) => cluster.facts()),
    aclPaths: (cluster) => clusters.get(cluster)?.aclPaths() ?? null,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import type { ClusterStatus, ClustersAnswer, NodeStatus } from '@/lib/contract/cluster';
import { isoTime, secondOf } from '@/lib/domain/time';
import { auditsNode, type ClusterView } from '@/lib/domain/visibility';
import type { ClusterFacts, NodeFacts } from '@/lib/services/collector/facts';
import type { Context } from '@/lib/services/context';

type Asker = Pick<Context, 'clusters' | 'viewer' | 'collector' | 'now'>;

/**
 * How each cluster and node stands. Of one that the viewer is not signed in to, nothing but its name is told, and a count of
 * running tasks only to those who may see them all.
 */
export function clusterStatuses({ clusters, viewer, collector, now }: Asker): ClustersAnswer {
  const facts = new Map(collector.status().map((cluster) => [cluster.id, cluster]));
  return {
    clusters: clusters.map(({ id, name }) => {
      const known = facts.get(id);
      const view = viewer.clusters.get(id);
      return known && view ? toStatus(known, view, now()) : { ...NOTHING, id, name };
    }),
  };
}

/** The same for all who are told the same by `clusterStatuses`. */
export const statusKey = ({ clusters, viewer, collector }: Omit<Asker, 'now'>): string =>
  JSON.stringify([
    clusters,
    collector.status().map(({ id, nodes }) => {
      const view = viewer.clusters.get(id);
      return view && nodes.map(({ node }) => Number(auditsNode(view, node))).join('');
    }),
  ]);

const NOTHING: Omit<ClusterStatus, 'id' | 'name'> = {
  ...{ state: 'not_signed_in', as_of: null, lag: null, since: null, version: null, error: null, next_try: null },
  ...{ logs_to_fetch: 0, missing_rights: [], gaps: [], nodes: [] },
};

const toStatus = (facts: ClusterFacts, view: ClusterView, now: number): ClusterStatus => ({
  id: facts.id,
  name: facts.name,
  state: facts.state,
  as_of: timeOf(facts.asOf),
  lag: lagOf(facts.asOf, now),
  since: timeOf(facts.since),
  version: facts.version,
  error: facts.error,
  next_try: timeOf(facts.retryAt),
  logs_to_fetch: facts.logsToFetch,
  missing_rights: [...facts.missingRights],
  gaps: facts.gaps.map(({ node, from, to }) => ({ node, from: isoTime(from), to: isoTime(to) })),
  nodes: facts.nodes.map((node) => toNodeStatus(node, auditsNode(view, node.node), now)),
});

const toNodeStatus = (facts: NodeFacts, audits: boolean, now: number): NodeStatus => ({
  node: facts.node,
  state: facts.state,
  as_of: timeOf(facts.asOf),
  lag: lagOf(facts.asOf, now),
  last_sweep: timeOf(facts.lastSweepAt),
  running: audits ? facts.running : null,
  logs_to_fetch: facts.logsToFetch,
  error: facts.error,
  next_try: timeOf(facts.retryAt),
});

const timeOf = (ms: number | null): string | null => (ms === null ? null : isoTime(secondOf(ms)));
const lagOf = (ms: number | null, now: number): number | null => (ms === null ? null : Math.max((now - ms) / 1_000, 0));

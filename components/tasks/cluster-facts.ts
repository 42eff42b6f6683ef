import { msOf } from '@/lib/client/format-time';
import type { ClusterStatus } from '@/lib/contract/cluster';

/** A cluster that does not tell us anything now, although it should. */
export const isAway = (cluster: ClusterStatus): boolean => cluster.state === 'away' || cluster.state === 'refused';

/**
 * When a node was last heard of, in milliseconds, when it or its cluster is away now; null while all is well. Rows from
 * there are shown as last known.
 */
export function lastSeenAt(clusters: readonly ClusterStatus[], task: { cluster: string; node: string }): number | null {
  const cluster = clusters.find((one) => one.id === task.cluster);
  if (!cluster) return null;
  const node = cluster.nodes.find((one) => one.node === task.node);
  const away = isAway(cluster) || (node !== undefined && node.state !== 'online');
  if (!away) return null;
  const seen = node?.as_of ?? cluster.as_of ?? cluster.since;
  return seen === null ? 0 : msOf(seen);
}

import type { Failure } from '@/lib/contract/task';
import type { Context } from '@/lib/services/context';
import { timeOrNull } from './answer';

/** Clusters and nodes that an answer from the archive could not ask: one row each, beside what is known. */
export function failuresOf(ctx: Context): Failure[] {
  const rows = new Map(ctx.failures.map((failure) => [failure.cluster, failure]));
  for (const facts of ctx.collector.status()) {
    const { id: cluster, name } = facts;
    if (!ctx.clusters.some((known) => known.id === cluster)) continue;
    if (rows.has(cluster) && !ctx.viewer.clusters.has(cluster)) continue; // it says already why nothing is shown
    const since = timeOrNull(facts.asOf ?? facts.since);
    const away = facts.nodes.filter(
      (node) => node.state === 'offline' || (node.state === 'unknown' && node.error !== null),
    );
    if (facts.state === 'refused') {
      rows.set(cluster, { cluster, code: 'refused', message: facts.error ?? '', since });
    } else if (facts.state === 'away') {
      const message = `${name} does not answer. Its tasks are shown as last known; new ones there are not visible yet.`;
      rows.set(cluster, { cluster, code: 'cluster_unreachable', message, since });
    } else if (away.length > 0 && !rows.has(cluster)) {
      const names = away.map(({ node }) => node).join(', ');
      const message = `${names} of ${name} ${away.length > 1 ? 'do' : 'does'} not answer. What runs there is unknown.`;
      const oldest = Math.min(...away.map((node) => node.asOf ?? facts.since));
      rows.set(cluster, { cluster, code: 'node_unreachable', message, since: timeOrNull(oldest) });
    }
  }
  return [...rows.values()];
}

import Link from 'next/link';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { isAway } from './cluster-facts';

/** The list before anything was read, or for someone to whom Proxmox shows nothing. */
export function NothingKept({ clusters }: { clusters: readonly ClusterStatus[] }) {
  const starting = clusters.filter(({ state }) => state === 'starting');
  return (
    <div className="w-130 max-w-full">
      <h2 className="mb-1 text-16 font-semibold tracking-tight">
        {starting.length > 0 || clusters.some(isAway) ? 'Nothing read yet' : 'No task yet'}
      </h2>
      {starting.map((cluster) => (
        <p key={cluster.id} className="text-ink-2">
          {sweepText(cluster)}
        </p>
      ))}
      {clusters.filter(isAway).map((cluster) => (
        <p key={cluster.id} className="text-ink-2">
          {cluster.id} does not answer{cluster.error ? `: ${cluster.error}` : '.'}
        </p>
      ))}
      {starting.length === 0 && (
        <p className="mt-2 text-ink-2">
          Tasks that Proxmox lets you see appear here as they start. What each cluster tells is under{' '}
          <Link href="/clusters" prefetch={false} className="underlined text-ink">
            Clusters
          </Link>
          .
        </p>
      )}
    </div>
  );
}

/** `The first sweep of fra-prod is running: 3 of 12 nodes.` */
function sweepText({ id, nodes }: ClusterStatus): string {
  const swept = nodes.filter(({ last_sweep }) => last_sweep !== null).length;
  const share = nodes.length > 0 ? `: ${swept} of ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}` : '';
  return `The first sweep of ${id} is running${share}.`;
}

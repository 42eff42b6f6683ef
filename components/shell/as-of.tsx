'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { ClusterAge, ClusterSign } from './cluster-age';

/** How old the knowledge of each cluster is; always on screen. */
export function AsOf() {
  const { data } = useQuery(clusterQueries.all());
  return (
    <div className="mt-auto border-t border-line pt-2 pb-1">
      <h2 className="px-2 pb-1 text-11 font-medium text-ink-3 folded:sr-only">As of</h2>
      {data?.clusters.map((cluster) => (
        <Link
          key={cluster.id}
          href={cluster.state === 'not_signed_in' ? `/sign-in?also=${cluster.id}` : `/clusters#${cluster.id}`}
          prefetch={false}
          title={cluster.error ?? cluster.name}
          className="grid h-6 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-1.75 rounded-2 px-2 text-12 text-ink-2 hover:bg-hover folded:h-7 folded:grid-cols-[16px] folded:justify-center folded:px-0 touch:h-9"
        >
          <ClusterSign cluster={cluster} />
          <span className="truncate folded:sr-only">{cluster.id}</span>
          <span className="folded:sr-only">
            <ClusterAge cluster={cluster} />
          </span>
        </Link>
      ))}
    </div>
  );
}

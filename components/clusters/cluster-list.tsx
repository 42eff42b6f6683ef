'use client';

import { useQuery } from '@tanstack/react-query';
import { isAway } from '@/components/tasks/cluster-facts';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { ClusterBox } from './cluster-box';
import { byUrgency } from './cluster-words';

/** Every configured cluster, those in trouble first. */
export function ClusterList() {
  const { data, error } = useQuery(clusterQueries.all());
  const clusters = [...(data?.clusters ?? [])].sort(byUrgency);
  const seen = clusters.filter(({ state }) => state !== 'not_signed_in');
  const answering = seen.filter((cluster) => !isAway(cluster)).length;
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-2 px-3.5 md:h-(--head) md:px-5">
        <h1 className="text-16 font-semibold tracking-tight">Clusters</h1>
        {data && (
          <span className="text-ink-3">
            {answering} of {seen.length} answering
            {seen.length < clusters.length && `, ${clusters.length - seen.length} not signed in`}
          </span>
        )}
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3.5 pb-5 md:px-5">
        {error && (
          <p role="alert" className="rounded-3 bg-error-soft px-3.5 py-2 text-error">
            {error.message}
          </p>
        )}
        {clusters.map((cluster) => (
          <ClusterBox key={cluster.id} cluster={cluster} />
        ))}
      </div>
    </>
  );
}

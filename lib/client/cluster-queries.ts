import { queryOptions } from '@tanstack/react-query';
import type { ClustersAnswer } from '@/lib/contract/cluster';
import { getJson } from './api';

export const clusterQueries = {
  all: () =>
    queryOptions({
      queryKey: ['clusters'] as const,
      queryFn: ({ signal }) => getJson<ClustersAnswer>('/api/clusters', {}, signal),
      // Ages tick by themselves; this is how soon a cluster that fell silent is noticed on a page without a stream.
      refetchInterval: 10_000,
      staleTime: 5_000,
    }),
};

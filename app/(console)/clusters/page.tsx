import type { Metadata } from 'next';
import { ClusterList } from '@/components/clusters/cluster-list';
import { pageContext } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Clusters' };

/** How each cluster is read; the layout has brought the facts along. */
export default async function ClustersPage() {
  await pageContext();
  return <ClusterList />;
}

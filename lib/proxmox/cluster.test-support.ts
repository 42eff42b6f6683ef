import { onTestFinished } from 'vitest';
import type { Trust } from './agent';
import { openCluster, type PveCluster, type Surroundings } from './cluster';
import { FairQueue } from './queue';
import { type RawAnswer, type RawRequest, type RawServer, serve } from './replay.test-support';
import type { Transport } from './transport';

/** A cluster named "Lab" at the given addresses, closed when the test is over. */
export function aCluster(
  urls: readonly string[],
  { trust = { kind: 'system' }, ...around }: Partial<Surroundings> & { trust?: Trust } = {},
): PveCluster {
  const queue = new FairQueue({ perNode: 2, total: 8 });
  const cluster = openCluster({ id: 'lab', name: 'Lab', urls, trust }, { queue, random: () => 0, ...around });
  onTestFinished(() => cluster.close());
  return cluster;
}

/** A cluster of one node that answers so, as nobody or as the API token. */
export async function aNode(
  answer: (request: RawRequest) => RawAnswer | Promise<RawAnswer>,
  around: Partial<Surroundings> = {},
): Promise<{ server: RawServer; cluster: PveCluster; pve: Transport; asToken: Transport }> {
  const server = await serve(answer);
  onTestFinished(() => server.close());
  const cluster = aCluster([server.url], around);
  const asToken = cluster.as({ kind: 'token', token: 'watch@pve!scope=secret-0001' });
  return { server, cluster, pve: cluster.as({ kind: 'none' }), asToken };
}

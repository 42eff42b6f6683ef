import 'server-only';
import { Addresses, type AddressHealth } from './addresses';
import { openPools, type Trust } from './agent';
import { ClusterClient } from './client';
import { FairQueue } from './queue';
import type { Credentials, Transport } from './transport';

/** A configured cluster: several addresses are nodes of the same one, in the order they are tried. */
export type ClusterAddress = { id: string; name: string; urls: readonly string[]; trust: Trust };

/** One cluster for everybody: connections, health and turns are shared, credentials are not. */
export type PveCluster = {
  readonly id: string;
  readonly name: string;
  as(credentials: Credentials): Transport;
  addresses(): AddressHealth[];
  /** Ends every connection; calls under way fail. */
  close(): Promise<void>;
};

/** What a test hands in instead of the real thing. */
export type Surroundings = { queue: FairQueue; now(): number; random(): number };

// One for all clusters of the process: the cap of calls in flight is the process's own.
const PROCESS: Surroundings = {
  queue: new FairQueue({ perNode: 2, total: 32 }),
  now: Date.now,
  random: Math.random,
};

/** Opens no connection yet; the first call does. Throws `TypeError` for an address that is no URL. */
export function openCluster(address: ClusterAddress, surroundings: Partial<Surroundings> = {}): PveCluster {
  const around = { ...PROCESS, ...surroundings };
  const opened = address.urls.map((url) => {
    const { origin, pathname } = new URL(url);
    return { url, base: pathname.replace(/\/+$/, ''), pools: openPools(origin, address.trust) };
  });
  const addresses = new Addresses(opened, around.now);
  const client = new ClusterClient({ id: address.id, name: address.name, addresses, ...around });
  return {
    id: address.id,
    name: address.name,
    as: (credentials) => client.as(credentials),
    addresses: () => addresses.health(),
    close: async () => void (await Promise.all(opened.map(({ pools }) => pools.destroy()))),
  };
}

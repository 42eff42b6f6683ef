import { holds } from '../access/permissions.ts';
import type { Cluster, Guest, Pool, SimNode, Storage } from '../world/model.ts';
import { isOnline } from '../world/nodes.ts';
import { hash } from '../world/random.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** A figure that moves with time and differs between things, 0 to 1. */
function load(of: string, now: number): number {
  const phase = hash(of) / 4294967296;
  return 0.35 + 0.3 * Math.sin(now / 97 + phase * 6.28) * Math.cos(now / 31 + phase * 3);
}

/** A guest of `GET /cluster/resources`; the pool's name only with Pool.Audit (9.1). */
export function guestRow(cluster: Cluster, entry: SimNode, who: string, guest: Guest): object {
  const now = cluster.clock.seconds();
  const node = cluster.nodes.find((other) => other.name === guest.node);
  const known = node !== undefined && isOnline(entry, node);
  const on = guest.status === 'running' && known;
  const busy = load(`guest${guest.vmid}`, now);
  const pool = [...cluster.pools.values()].find(({ guests }) => guests.has(guest.vmid));
  const mem = on ? Math.floor(guest.memoryMib * MIB * (0.3 + busy / 2)) : 0;
  return {
    id: `${guest.kind}/${guest.vmid}`,
    type: guest.kind,
    vmid: guest.vmid,
    name: guest.name,
    node: guest.node,
    status: known ? guest.status : 'unknown',
    template: guest.template ? 1 : 0,
    uptime: on ? now - guest.startedAt : 0,
    cpu: on ? busy / guest.cpus : 0,
    maxcpu: guest.cpus,
    mem,
    ...(cluster.version.major >= 9 ? { memhost: mem } : {}),
    maxmem: guest.memoryMib * MIB,
    disk: 0,
    maxdisk: (guest.disks[0]?.gib ?? 0) * GIB,
    diskread: on ? Math.floor(busy * (now - guest.startedAt) * 4096) : 0,
    diskwrite: on ? Math.floor(busy * (now - guest.startedAt) * 8192) : 0,
    // Network counters come as text from some nodes: the last use of the scalar decides (1.3).
    netin: on ? loose(guest, Math.floor(busy * (now - guest.startedAt) * 900)) : 0,
    netout: on ? loose(guest, Math.floor(busy * (now - guest.startedAt) * 700)) : 0,
    ...(guest.tags.length > 0 ? { tags: guest.tags.join(';') } : {}),
    ...(guest.lock === undefined ? {} : { lock: guest.lock }),
    ...(pool && holds(cluster, who, `/pool/${pool.id}`, 'Pool.Audit') ? { pool: pool.id } : {}),
  };
}

const loose = (guest: Guest, value: number): number | string => (guest.vmid % 3 === 0 ? String(value) : value);

/** A node, with figures only for Sys.Audit; `GET /nodes` and the resource list differ in one field each. */
export function nodeRow(
  cluster: Cluster,
  entry: SimNode,
  node: SimNode,
  who: string,
  as: 'nodes' | 'resources',
): object {
  const now = cluster.clock.seconds();
  const online = isOnline(entry, node);
  const busy = load(`node${node.name}`, now);
  const base = {
    id: `node/${node.name}`,
    type: 'node',
    node: node.name,
    status: online ? 'online' : 'offline',
    level: '',
    ...(as === 'nodes' ? { ssl_fingerprint: node.fingerprint } : { 'cgroup-mode': 2 }),
  };
  if (!holds(cluster, who, `/nodes/${node.name}`, 'Sys.Audit')) return base;
  const limits = { maxcpu: node.cpus, maxmem: node.memoryGib * GIB, maxdisk: 96 * GIB };
  if (!online) return { ...base, ...limits };
  const used = { cpu: busy, mem: Math.floor(node.memoryGib * GIB * (0.4 + busy / 3)), disk: 31 * GIB };
  return { ...base, ...limits, ...used, uptime: now - node.bootedAt };
}

export const poolRow = (pool: Pool): object => ({ id: `/pool/${pool.id}`, type: 'pool', pool: pool.id });

/** One row per node, also for shared storage. */
export const storageRows = (cluster: Cluster, entry: SimNode, storage: Storage): object[] =>
  cluster.nodes.map((node) => ({
    id: `storage/${node.name}/${storage.id}`,
    type: 'storage',
    storage: storage.id,
    node: node.name,
    plugintype: storage.plugin,
    content: storage.content,
    shared: storage.shared ? 1 : 0,
    status: isOnline(entry, node) ? 'available' : 'unknown',
    disk: storage.usedGib * GIB,
    maxdisk: storage.gib * GIB,
  }));

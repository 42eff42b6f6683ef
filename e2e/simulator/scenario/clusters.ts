import { TaskTable } from '../tasks/task-table.ts';
import type { Clock } from '../world/clock.ts';
import type { Cluster, SimNode, Storage } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import type { Version } from '../world/version.ts';
import { makeAccounts } from './accounts.ts';
import { makeGuests, makePools } from './guests.ts';
import { COLLECTOR_TOKEN, grants, people, REALMS } from './people.ts';

export type ClusterPlan = {
  id: string;
  name: string | null;
  nodes: readonly string[];
  guests: number;
  /** Days the nodes have been up; above 497 the start ticks of a UPID have nine digits. */
  upDays: number;
  /** Activity, as a multiple of the scenario's. */
  busy: number;
  /** Lines of the longest log in the seeded day. */
  longLog: number;
};

const DAY_S = 86_400;

const STORAGES: Storage[] = [
  { id: 'local', plugin: 'dir', content: 'iso,vztmpl,backup,import', shared: false, gib: 94, usedGib: 31 },
  { id: 'local-lvm', plugin: 'lvmthin', content: 'images,rootdir', shared: false, gib: 1800, usedGib: 640 },
  { id: 'ceph-vm', plugin: 'rbd', content: 'images,rootdir', shared: true, gib: 8000, usedGib: 3100 },
  { id: 'nas', plugin: 'nfs', content: 'backup,iso', shared: true, gib: 20000, usedGib: 9120 },
  { id: 'pbs', plugin: 'pbs', content: 'backup', shared: true, gib: 40000, usedGib: 17700 },
];

/** The clusters of the demo: a small lab, a busy production cluster, a lone machine at the edge. */
export const PLANS: readonly ClusterPlan[] = [
  { id: 'lab', name: 'lab', nodes: ['pve1', 'pve2'], guests: 18, upDays: 12, busy: 0.8, longLog: 200_000 },
  { id: 'fra-prod', name: 'fra-prod', nodes: numbered('fra', 6), guests: 60, upDays: 530, busy: 2, longLog: 20_000 },
  { id: 'oslo-edge', name: null, nodes: ['oslo'], guests: 7, upDays: 81, busy: 0.4, longLog: 5_000 },
];

export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);
}

/** A cluster as it is at `nowMs`, before its first task. */
export function makeCluster(plan: ClusterPlan, version: Version, clock: Clock, random: Random, nowMs: number): Cluster {
  const now = Math.floor(nowMs / 1000);
  const guests = makeGuests(random.fork('guests'), plan.nodes, plan.guests, now);
  const own = [...guests.keys()].slice(0, 3);
  return {
    id: plan.id,
    name: plan.name,
    version,
    clock,
    nodes: plan.nodes.map((name, at) => makeNode(name, at + 1, now - plan.upDays * DAY_S - at * 977, random)),
    guests,
    pools: makePools(guests),
    storages: plan.name === null ? STORAGES.filter(({ shared }) => !shared) : STORAGES,
    accounts: makeAccounts(version, people(), grants(plan.nodes[0] ?? '', own), COLLECTOR_TOKEN, REALMS),
  };
}

export const makeNode = (name: string, number: number, bootedAt: number, random: Random): SimNode => ({
  name,
  number,
  state: 'up',
  bootedAt,
  slowMs: 0,
  cpus: 16,
  memoryGib: 128,
  tasks: new TaskTable(name, bootedAt, random.fork(`pid ${name}`).int(900, 900_000)),
  lost: new Set(),
  url: '',
  fingerprint: '',
});

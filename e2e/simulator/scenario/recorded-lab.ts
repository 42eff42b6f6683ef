import { silent } from '../logs/power.ts';
import { RecalledLog } from '../tasks/log-file.ts';
import type { Task, TaskTable } from '../tasks/task-table.ts';
import { parseUpid, type UpidParts } from '../tasks/upid.ts';
import type { Clock } from '../world/clock.ts';
import type { Cluster, Guest } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import type { Simulation } from '../world/simulation.ts';
import type { Version } from '../world/version.ts';
import { type Grant, makeAccounts, type Person } from './accounts.ts';
import { makeNode } from './clusters.ts';
import { PVE1, PVE2, type RecordedTask } from './recorded-tasks.ts';

const token = (name: string, privsep = false, expire = 0) => ({
  name,
  secret: `00000000-0000-4000-8000-${name
    .padEnd(12, '0')
    .slice(0, 12)
    .replace(/[^0-9a-f]/g, 'a')}`,
  privsep,
  expire,
  comment: expire === 0 ? 'lab token' : '',
});

const PEOPLE: Person[] = [
  { userid: 'root@pam', password: 'rootpass-1', can: 'everything', tokens: [token('full')] },
  {
    userid: 'admin@pve',
    password: 'admin-pass-1',
    can: 'everything',
    tokens: [token('full'), token('sep', true), token('sepaudit', true), token('expired', false, 1_000_000_000)],
  },
  { userid: 'auditor@pve', password: 'auditor-pass-1', can: 'see pve1' },
  { userid: 'operator@pve', password: 'operator-pass-1', can: 'use 100, 101 and 200', tokens: [token('full')] },
  { userid: 'norights@pve', password: 'norights-pass-1', can: 'nothing', tokens: [token('full')] },
  {
    userid: 'totp@pve',
    password: 'totp-pass-1',
    can: 'nothing, after a second factor',
    factors: { totp: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
  },
  { userid: 'disabled@pve', password: 'disabled-pass-1', can: 'not sign in', enabled: false },
  { userid: 'expired@pve', password: 'expired-pass-1', can: 'not sign in', expire: 1_000_000_000 },
];

const GRANTS: Grant[] = [
  ['user', 'admin@pve', '/', 'Administrator'],
  ['user', 'auditor@pve', '/nodes/pve1', 'NodeAudit'],
  ['user', 'operator@pve', '/vms/100', 'Power'],
  ['user', 'operator@pve', '/vms/101', 'Power'],
  ['user', 'operator@pve', '/vms/200', 'Power'],
  ['token', 'admin@pve!sepaudit', '/nodes/pve1', 'NodeAudit'],
];

const GUESTS: [vmid: number, name: string, node: string][] = [
  [100, 'web', 'pve1'],
  [101, 'db', 'pve1'],
  [102, 'app', 'pve1'],
  [103, 'cache', 'pve1'],
  [110, 'ct110', 'pve1'],
  [200, 'build', 'pve2'],
  [201, 'mail', 'pve2'],
  [202, 'broken', 'pve2'],
];

/** The lab of the recordings at the moment its task lists were asked, but for the workers: `startRecorded` has those. */
export function recordedLab(version: Version, clock: Clock, random: Random): Cluster {
  const bootedAt = clock.seconds() - 2200;
  const nodes = ['pve1', 'pve2'].map((name, at) => makeNode(name, at + 1, bootedAt, random));
  for (const [at, tasks] of [PVE1, PVE2].entries()) {
    const table = nodes[at]?.tasks;
    if (table) for (const task of tasks.toReversed()) remember(table, task);
  }
  return {
    id: 'lab',
    name: 'lab',
    version,
    clock,
    nodes,
    guests: new Map(GUESTS.map((row) => [row[0], makeGuest(...row)])),
    pools: new Map(),
    storages: [],
    accounts: makeAccounts(version, PEOPLE, GRANTS, `root@pam!full=${token('full').secret}`),
  };
}

const RUNNING: [node: string, upid: string][] = [
  ['pve1', '000003E5:0003ADEF:6B0036DE:vzdump:100:root@pam'],
  ['pve1', '000003E7:0003AE08:6B0036DE:labjob::operator@pve'],
  ['pve1', '000003E9:0003AE20:6B0036DE:qmigrate:101:admin@pve!full'],
  ['pve2', '0000012F:0003AE38:6B0036DE:vzdump:200:root@pam'],
];

const HOURS_MS = 100 * 3_600_000;

/** The four workers that ran then; they run until they are finished by hand. */
export function startRecorded(simulation: Simulation): void {
  const [cluster] = simulation.clusters;
  if (!cluster) return;
  for (const [name, text] of RUNNING) {
    const node = cluster.nodes.find((other) => other.name === name);
    const upid = read(name, text);
    if (node)
      simulation.start(cluster, node, {
        type: upid.type,
        id: upid.id,
        user: upid.user,
        upid,
        script: silent(HOURS_MS),
      });
  }
}

function remember(table: TaskTable, [text, seconds, status]: RecordedTask): void {
  const parts = read(table.node, text);
  const ending = status === 'unexpected status' ? { lost: true as const } : { status };
  const recipe = { script: silent(seconds * 1000, ending), seed: 1, startedAtMs: parts.starttime * 1000 };
  const task: Task = table.adopt(parts, new RecalledLog(recipe, parts.starttime + seconds));
  table.archive(task, status, parts.starttime + seconds);
}

function read(node: string, text: string): UpidParts {
  const parts = parseUpid(`UPID:${node}:${text}:`);
  if (!parts) throw new Error(`cannot be read: ${text}`);
  return parts;
}

const makeGuest = (vmid: number, name: string, node: string): Guest => ({
  vmid,
  kind: vmid === 110 ? 'lxc' : 'qemu',
  name,
  node,
  status: 'stopped',
  template: false,
  tags: vmid === 102 ? ['prod'] : [],
  cpus: vmid === 110 ? 2 : 1,
  memoryMib: vmid === 110 ? 64 : 32,
  disks: vmid === 110 ? [{ key: 'rootfs', volume: 'local:110/vm-110-disk-0.raw', gib: 1 }] : [],
  startedAt: 0,
  ...(vmid === 202 ? { broken: 'start failed: QEMU exited with code 1' } : {}),
});

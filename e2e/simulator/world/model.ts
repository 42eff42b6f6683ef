import type { Accounts } from '../access/accounts.ts';
import type { TaskTable } from '../tasks/task-table.ts';
import type { Clock } from './clock.ts';
import type { Version } from './version.ts';

export type Disk = { key: string; volume: string; gib: number };

export type Guest = {
  vmid: number;
  kind: 'qemu' | 'lxc';
  name: string;
  node: string;
  status: 'running' | 'stopped';
  template: boolean;
  tags: readonly string[];
  lock?: string;
  cpus: number;
  memoryMib: number;
  disks: readonly Disk[];
  /** Unix seconds of the last start. */
  startedAt: number;
  /** Why a start fails, for guests that are broken on purpose. */
  broken?: string;
};

export type Storage = { id: string; plugin: string; content: string; shared: boolean; gib: number; usedGib: number };

export type Pool = { id: string; guests: Set<number>; storages: Set<string> };

/**
 * `down`: the network is gone, work goes on · `crashed`: power loss, workers die · `frozen`: accepts connections and says
 * nothing · `proxy-down` and `daemon-down`: pveproxy or pvedaemon is stopped, all else runs.
 */
export const NODE_STATES = ['up', 'down', 'crashed', 'frozen', 'proxy-down', 'daemon-down'] as const;
export type NodeState = (typeof NODE_STATES)[number];

export type SimNode = {
  name: string;
  number: number;
  state: NodeState;
  /** Unix seconds. */
  bootedAt: number;
  /** Extra milliseconds that every answer takes. */
  slowMs: number;
  cpus: number;
  memoryGib: number;
  tasks: TaskTable;
  /** Nodes whose last broadcast this member has lost with a restart of its cluster file system. */
  lost: Set<string>;
  /** https://127.0.0.1:port once it listens. */
  url: string;
  fingerprint: string;
};

export type Cluster = {
  id: string;
  /** Shown as the cluster's name; a standalone node has none. */
  name: string | null;
  version: Version;
  clock: Clock;
  nodes: SimNode[];
  guests: Map<number, Guest>;
  pools: Map<string, Pool>;
  storages: Storage[];
  accounts: Accounts;
};

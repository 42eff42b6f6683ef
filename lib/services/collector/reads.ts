import type { Guest } from '@/lib/domain/guest';
import type { LogLine } from '@/lib/domain/log/line';
import type { SeenTask } from '@/lib/domain/task';
import type { Permissions } from '@/lib/domain/visibility';
import { listAclPaths, readPermissions } from '@/lib/proxmox/endpoints/access';
import { listGuests, listNodes, readVersion } from '@/lib/proxmox/endpoints/cluster';
import {
  downloadLog,
  listClusterTasks,
  listNodeTasks,
  readLogPage,
  readTaskStatus,
} from '@/lib/proxmox/endpoints/tasks';
import type { Transport } from '@/lib/proxmox/transport';

export type LogPage = { lines: LogLine[]; total: number; missing: boolean };
export type TaskStatus = { running: true } | { running: false; exitStatus: string };

/** Every question the collector and the log tails ask a cluster, as the collector's token, which only reads. */
export type ClusterReads = {
  clusterTasks(signal: AbortSignal): Promise<SeenTask[]>;
  /** Running ones, then ended ones, last ended first. */
  nodeTasks(node: string, limit: number, signal: AbortSignal): Promise<SeenTask[]>;
  nodes(signal: AbortSignal): Promise<{ node: string; online: boolean }[]>;
  guests(signal: AbortSignal): Promise<ReadonlyMap<number, Guest>>;
  taskStatus(node: string, upid: string, signal: AbortSignal): Promise<TaskStatus>;
  logPage(node: string, upid: string, window: { skip: number; limit: number }, signal: AbortSignal): Promise<LogPage>;
  /** The bytes of an ended task's log, behind what people wait for. */
  logBytes(node: string, upid: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  permissions(signal: AbortSignal): Promise<Permissions>;
  aclPaths(signal: AbortSignal): Promise<string[]>;
  version(signal: AbortSignal): Promise<string>;
};

/** The questions, asked over one transport. */
export const readsOf = (pve: Transport): ClusterReads => ({
  clusterTasks: (signal) => listClusterTasks(pve, signal),
  nodeTasks: async (node, limit, signal) => (await listNodeTasks(pve, node, limit, signal)).tasks,
  nodes: (signal) => listNodes(pve, signal),
  guests: (signal) => listGuests(pve, signal),
  taskStatus: (node, upid, signal) => readTaskStatus(pve, node, upid, signal),
  logPage: (node, upid, window, signal) => readLogPage(pve, node, upid, window, signal),
  logBytes: (node, upid, signal) => downloadLog(pve, node, upid, { background: true }, signal),
  permissions: (signal) => readPermissions(pve, signal),
  aclPaths: (signal) => listAclPaths(pve, signal),
  version: (signal) => readVersion(pve, signal),
});

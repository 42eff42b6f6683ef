import { splitToken } from '../access/accounts.ts';
import { statusClass } from './status.ts';
import type { Task, TaskTable } from './task-table.ts';

const MAX_BYTES = 32 * 1024;

/** Text as it arrives in JSON: each byte of the file has become one character (4.6). */
export const asBytesRead = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A finished task in a node's list: user and token are two fields (4.3). */
export function archivedRow(task: Task, status: string): Record<string, unknown> {
  return { ...splitRow(task), pid: task.pid, pstart: task.pstart, endtime: task.endtime, status: asBytesRead(status) };
}

/** A running task in a node's list: the user is not split, status and `saved` are texts (4.3). */
export function activeRow(task: Task): Record<string, unknown> {
  const { upid, node, type, id, user, starttime, pid, pstart } = task;
  return { upid, node, type, id, user, starttime, pid, pstart, saved: '0', status: 'RUNNING' };
}

/** The parts of a UPID with the token split off, as in archive, status and cluster rows. */
export function splitRow(task: Task): Record<string, unknown> {
  const { user, token } = splitToken(task.user);
  const { upid, node, type, id, starttime } = task;
  return { upid, node, type, id, user, starttime, ...(token === undefined ? {} : { tokenid: token }) };
}

/**
 * What a node tells the cluster: all running tasks, then the last finished ones up to 25, cut at the end to stay below
 * 32 KiB (4.2). Telling writes the active file: the forms of `saved` change with it.
 */
export function broadcastRows(table: TaskTable): object[] {
  const running = table.running.map((task) => ({
    ...splitRow(task),
    pid: task.pid,
    ...(task.rewritten ? { saved: '0' } : {}),
  }));
  const rows = [...running, ...table.recent().map(clusterRow)];
  for (const task of [...table.running, ...table.recent()]) task.rewritten = true;
  let bytes = 2;
  const fitting = rows.findIndex((row) => {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    return bytes > MAX_BYTES;
  });
  return fitting < 0 ? rows : rows.slice(0, fitting);
}

function clusterRow(task: Task): object {
  return {
    ...splitRow(task),
    endtime: task.endtime,
    status: asBytesRead(task.exitStatus ?? ''),
    saved: task.rewritten ? '1' : 1,
  };
}

export type TaskFilter = {
  userfilter: string | undefined;
  typefilter: string | undefined;
  vmid: number | undefined;
  since: number | undefined;
  until: number | undefined;
  classes: ReadonlySet<string> | undefined;
};

/** The filters of a node's list (4.3); `status` is undefined for a running task, whose class is unknown. */
export function passes(row: Record<string, unknown>, status: string | undefined, filter: TaskFilter): boolean {
  const user = String(row.user).toLowerCase();
  const start = Number(row.starttime);
  if (filter.userfilter !== undefined && !user.includes(filter.userfilter.toLowerCase())) return false;
  if (filter.typefilter !== undefined && row.type !== filter.typefilter) return false;
  if (filter.vmid !== undefined && row.id !== String(filter.vmid)) return false;
  if (filter.since !== undefined && start < filter.since) return false;
  if (filter.until !== undefined && start > filter.until) return false;
  return !filter.classes || filter.classes.has(statusClass(status));
}

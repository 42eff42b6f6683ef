import { z } from 'zod';
import { AppError, isAppError } from '@/lib/domain/errors';
import type { LogLine } from '@/lib/domain/log/line';
import type { SeenTask } from '@/lib/domain/task';
import { LogRows, TaskRows, TaskStatus } from '@/lib/proxmox/schemas';
import type { Transport } from '@/lib/proxmox/transport';

const tasksOf = (node: string): string => `/nodes/${encodeURIComponent(node)}/tasks`;
const taskPath = (node: string, upid: string): string => `${tasksOf(node)}/${encodeURIComponent(upid)}`;

/**
 * The last known tasks of every node, some 25 of each and all running ones: the change signal, not the record. Tasks of a node
 * that is away stay in it, running ones too (api-contract 4.2). In no order.
 */
export async function listClusterTasks(pve: Transport, signal?: AbortSignal): Promise<SeenTask[]> {
  return (await pve.send({ path: '/cluster/tasks', signal }, TaskRows)).data;
}

/**
 * A node's tasks: running ones, then ended ones, last ended first; `total` is how many there are. One call, never pages: rows
 * shift while tasks end. Without a limit a node answers 50, and it reads its whole index anyway (api-contract 4.3).
 */
export async function listNodeTasks(
  pve: Transport,
  node: string,
  limit: number,
  signal?: AbortSignal,
): Promise<{ tasks: SeenTask[]; total: number }> {
  const { data, total } = await pve.send(
    { path: tasksOf(node), node, query: { source: 'all', limit }, signal },
    TaskRows,
  );
  return { tasks: data, total };
}

/** Whether the worker's process is there. Throws `not_found` when its log is gone (api-contract 4.5). */
export async function readTaskStatus(
  pve: Transport,
  node: string,
  upid: string,
  signal?: AbortSignal,
): Promise<{ running: true } | { running: false; exitStatus: string }> {
  return (await pve.send({ path: `${taskPath(node, upid)}/status`, node, signal }, TaskStatus)).data;
}

/**
 * A window of a task's log: at most `limit` lines after the first `skip` ones, numbered from 1; `total` is how many the file
 * has now. While the worker runs the last line may be half written: ask again with `skip - 1` and replace it.
 * Proxmox sends an empty file as one line "no content" and a missing one as "unable to open file …", both with HTTP 200
 * (PVE::Tools::dump_logfile): both become no lines, the second with `missing`. A limit of 0 would mean everything, however
 * large, so it throws `RangeError`.
 */
export async function readLogPage(
  pve: Transport,
  node: string,
  upid: string,
  { skip, limit }: { skip: number; limit: number },
  signal?: AbortSignal,
): Promise<{ lines: LogLine[]; total: number; missing: boolean }> {
  if (limit < 1) throw new RangeError('a log is read in windows of at least one line');
  const call = { path: `${taskPath(node, upid)}/log`, node, query: { start: skip, limit }, timeoutMs: 30_000, signal };
  const { data: lines, total } = await pve.send(call, LogRows);
  const pseudo = lines.length === 1 && lines[0]?.n === 1 && total <= 1 ? lines[0].t : '';
  const missing = pseudo.startsWith('unable to open file');
  if (missing || pseudo === 'no content') return { lines: [], total: 0, missing };
  return { lines, total, missing: false };
}

/**
 * The bytes of a task's log as they stand in the file, in one pass; nothing is asked before they are read. Throws `not_found`
 * when there is no such log. The best way to keep a log: other calls encode it twice (api-contract 4.6).
 */
export async function* downloadLog(
  pve: Transport,
  node: string,
  upid: string,
  { background }: { background: boolean },
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const path = `${taskPath(node, upid)}/log`;
  try {
    yield* await pve.stream({ path, node, query: { download: 1 }, timeoutMs: 30_000, background, signal });
  } catch (error) {
    // A 500 like any other, told apart by the text of the file's opening alone.
    if (!isAppError(error) || !/^Could not open file/.test(String(error.details.message))) throw error;
    throw new AppError('not_found', `Node ${node} has no log of this task any more.`, { cause: error });
  }
}

/**
 * Asks for a worker to be stopped: TERM, and KILL after five seconds, for which the call waits. No error proves nothing, also
 * not that it ran: ask for its status (api-contract 4.9). Throws `forbidden` and `not_found`.
 */
export async function stopWorker(pve: Transport, node: string, upid: string, signal?: AbortSignal): Promise<void> {
  await pve.send({ method: 'DELETE', path: taskPath(node, upid), node, timeoutMs: 20_000, signal }, z.unknown());
}

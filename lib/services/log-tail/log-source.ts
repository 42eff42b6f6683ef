import { hasCode } from '@/lib/domain/errors';
import { finalStatus } from '@/lib/domain/log/final-line';
import type { TaskRef } from '@/lib/domain/task';
import type { ClusterReads } from '@/lib/services/collector/reads';
import type { ReadLog } from './follow';

// A worker that was killed writes no final line, so it is asked about now and then without one.
const STATUS_EVERY_MS = 5_000;

/** How one task's log is read while it may run: windows of it, and the status where it may have ended. */
export function logSource(
  reads: Pick<ClusterReads, 'logPage' | 'taskStatus'>,
  ref: TaskRef,
  node: string,
  now: () => number,
): ReadLog {
  let running = true;
  let seemsEnded = false;
  let askedAt = 0;
  return async (skip, limit, signal) => {
    if (running && (seemsEnded || now() - askedAt >= STATUS_EVERY_MS)) {
      running = await isRunning(reads, ref, node, signal);
      askedAt = now();
    }
    const began = now();
    const { lines, total } = await reads.logPage(node, ref.upid, { skip, limit }, signal);
    seemsEnded = finalStatus(lines.at(-1)?.t ?? '') !== undefined;
    return { lines, total, running, tookMs: now() - began };
  };
}

/** No log, no task: there is nothing to wait for. */
async function isRunning(
  reads: Pick<ClusterReads, 'taskStatus'>,
  { upid }: TaskRef,
  node: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return (await reads.taskStatus(node, upid, signal)).running;
  } catch (error) {
    if (hasCode(error, 'not_found')) return false;
    throw error;
  }
}

import type { LogAnswer } from '@/lib/contract/log';
import { hasCode, isAppError } from '@/lib/domain/errors';
import type { TaskRef } from '@/lib/domain/task';
import type { Context } from '@/lib/services/context';
import { visibleTask } from './visible';

/**
 * A window of a task's log, from the archive or, while it is not kept, from the node by the one reader that all viewers
 * share. Throws `not_found` for the task; why there are no lines to show is part of the answer.
 */
export async function readLog(
  ctx: Context,
  { cluster, upid, start, limit }: TaskRef & { start: number; limit: number },
): Promise<LogAnswer> {
  const ref = { cluster, upid };
  const task = await visibleTask(ctx, ref);
  const ended = task.endedAt !== null;
  const window = { skip: start, limit };
  const kept = task.log ? await ctx.archive.readLog(ctx.viewer, ref, window) : undefined;
  if (kept) return { ...kept, complete: true, missing: null };
  try {
    const { lines, total, missing } = await ctx.tails.read(ref, task.listedBy, { ...window, ended });
    return { lines, total, complete: ended, missing: missing && ended ? 'lost' : null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    // The reader's troubles are not this viewer's: their own session is fine.
    return { lines: [], total: 0, complete: false, missing: hasCode(error, 'not_found') ? 'lost' : 'node_away' };
  }
}

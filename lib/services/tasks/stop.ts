import type { StopAnswer } from '@/lib/contract/task-actions';
import { AppError, hasCode, isAppError } from '@/lib/domain/errors';
import type { Task, TaskRef } from '@/lib/domain/task';
import { isoTime } from '@/lib/domain/time';
import { joinActor } from '@/lib/domain/upid';
import { type ClusterView, hasPrivilege, ownsTask } from '@/lib/domain/visibility';
import { stopWorker } from '@/lib/proxmox/endpoints/tasks';
import type { Context } from '@/lib/services/context';
import { nowOf } from './answer';
import { visibleTask } from './visible';

/**
 * Asks the node to stop a running worker, as the viewer. Throws `not_found`, `conflict` when it has ended, `forbidden` with
 * the right that is missing, and `node_unreachable` when nobody can tell whether it was asked.
 */
export async function stopTask(ctx: Context, ref: TaskRef): Promise<StopAnswer> {
  const task = await visibleTask(ctx, ref);
  if (!ctx.actions.stop) throw new AppError('forbidden', 'Stopping tasks is switched off in this Taskscope.');
  if (task.endedAt !== null)
    throw new AppError('conflict', 'This task has already ended, so there is nothing to stop.');
  const view = ctx.viewer.clusters.get(ref.cluster);
  const pve = ctx.pve(ref.cluster);
  const at = nowOf(ctx);
  const note = async () => {
    try {
      await ctx.archive.noteStop({ cluster: task.cluster, upid: task.upid }, at, view?.identity ?? '');
    } catch (error) {
      // On a full disk the end will read as an error instead of cancelled; a worker gone wild may be what fills it.
      if (!hasCode(error, 'unavailable')) throw error;
    }
  };
  // The call waits for the worker's end, which is read as cancelled by this note; a stop that will be refused leaves none.
  const surely = view !== undefined && mayStop(view, task);
  if (surely) await note();
  try {
    await stopWorker(pve, task.listedBy, task.upid, ctx.signal);
  } catch (error) {
    if (hasCode(error, 'not_found')) throw endedMeanwhile(error);
    if (hasCode(error, 'forbidden')) throw withRight(error, task);
    throw error;
  }
  if (!surely) await note();
  return { requested_at: isoTime(at) };
}

/** The row of api-contract 2.11 for DELETE, by the rights as last read; Proxmox decides. */
const mayStop = (view: ClusterView, task: Task): boolean =>
  ownsTask(view.identity, joinActor(task.user, task.token)) ||
  hasPrivilege(view, `/nodes/${task.listedBy}`, 'Sys.Modify');

const endedMeanwhile = (cause: unknown): AppError =>
  new AppError('conflict', 'The node knows no such worker any more: this task has ended.', { cause });

function withRight(error: unknown, task: Task): AppError {
  const details = isAppError(error) ? error.details : {};
  const path = typeof details.path === 'string' ? details.path : `/nodes/${task.listedBy}`;
  const privilege = typeof details.privilege === 'string' ? details.privilege : 'Sys.Modify';
  return new AppError('forbidden', `You need ${privilege} on ${path} to stop this task.`, {
    cause: error,
    details: { path, privilege },
  });
}

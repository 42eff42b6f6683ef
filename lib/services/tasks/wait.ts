import type { TaskAnswer } from '@/lib/contract/task';
import type { WaitRequest } from '@/lib/contract/task-actions';
import type { Task } from '@/lib/domain/task';
import type { Context } from '@/lib/services/context';
import { sleep } from '@/lib/sleep';
import { toTaskAnswer } from './answer';
import { visibleTask } from './visible';

/**
 * The task once it has ended, or as it is after `timeout` seconds; an end that is known by then wins. Costs Proxmox
 * nothing: the collector follows the task anyway. Throws `not_found`, also when the right to see it goes meanwhile.
 */
export async function waitTask(ctx: Context, { cluster, upid, timeout }: WaitRequest): Promise<TaskAnswer> {
  const ref = { cluster, upid };
  let changed = Promise.withResolvers<void>();
  let watched: number | undefined;
  const stop = ctx.archive.onChange(({ archiveIds, missed }) => {
    if (missed || watched === undefined || archiveIds.includes(watched)) changed.resolve();
  });
  const late = new AbortController();
  const deadline = sleep(timeout * 1_000, AbortSignal.any([ctx.signal, late.signal])).then(() => 'late' as const);
  deadline.catch(() => undefined);
  try {
    for (;;) {
      const task: Task = await visibleTask(ctx, ref);
      watched = task.archiveId;
      if (task.endedAt !== null) return toTaskAnswer(ctx, task);
      const woken = await Promise.race([changed.promise, deadline]);
      changed = Promise.withResolvers<void>();
      await ctx.refresh();
      if (woken === 'late') return toTaskAnswer(ctx, await visibleTask(ctx, ref));
    }
  } finally {
    late.abort();
    stop();
  }
}

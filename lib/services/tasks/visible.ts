import { AppError } from '@/lib/domain/errors';
import type { Task, TaskRef } from '@/lib/domain/task';
import type { Context } from '@/lib/services/context';

/** The task as the viewer may see it. Throws `not_found`: not there and not allowed are one answer. */
export async function visibleTask(ctx: Context, { cluster, upid }: TaskRef): Promise<Task> {
  const task = await ctx.archive.getTask(ctx.viewer, { cluster, upid });
  if (!task) throw new AppError('not_found', 'There is no such task, or you may not see it.');
  return task;
}

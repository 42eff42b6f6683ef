import type { TaskDetail } from '@/lib/contract/task';
import type { TaskRef } from '@/lib/domain/task';
import type { Context } from '@/lib/services/context';
import { toTaskAnswer } from './answer';
import { causeOf } from './cause';
import { usualOf } from './usual';
import { visibleTask } from './visible';

/** A task with what only its own page asks. Throws `not_found` when it is not there or not this viewer's to see. */
export async function getTask(ctx: Context, ref: TaskRef): Promise<TaskDetail> {
  const task = await visibleTask(ctx, ref);
  const { listedBy } = task;
  // The place in Proxmox's own interface: by server, this node, task log, task history (its StateProvider.js).
  const url = ctx.collector.status().find((cluster) => cluster.id === ref.cluster)?.url;
  return {
    ...toTaskAnswer(ctx, task),
    listed_by: listedBy,
    open_in_proxmox: url ? `${url.replace(/\/$/, '')}/#v1:0:=node%2F${encodeURIComponent(listedBy)}:4:4` : null,
    children: 0,
    locks: 0,
    related: 0,
    ...(await usualOf(ctx, task)),
    cause: await causeOf(ctx, task),
  };
}

import type { TaskEvents } from '@/lib/contract/task-stream';
import type { BoundQuery } from '@/lib/domain/search/bound';
import { evaluate } from '@/lib/domain/search/evaluate';
import type { Task } from '@/lib/domain/task';
import { joinActor } from '@/lib/domain/upid';
import { type ClusterView, maySeeGuest, maySeeTask } from '@/lib/domain/visibility';
import type { Context } from '@/lib/services/context';
import { nowOf, toTaskAnswer } from './answer';
import type { Change } from './change-feed';

export type TaskEvent = { id?: string; event: 'task'; data: TaskEvents['task'] };

/**
 * What a change means for one viewer and one search: the tasks they may see, each with whether it is found. Whoever is told
 * the same gets the same object. The last one carries the id, so that a break in the middle repeats the change.
 */
export async function taskEvents(ctx: Context, change: Change, query: BoundQuery): Promise<TaskEvent[]> {
  const clusters = ctx.collector.status().map(({ id }) => id);
  const tasks = await ctx.changes.tasksOf(change, clusters);
  const seen = tasks.flatMap((task) => {
    const view = ctx.viewer.clusters.get(task.cluster);
    return view && maySeeTask(view, task.listedBy, joinActor(task.user, task.token)) ? [{ task, view }] : [];
  });
  return seen.map(({ task, view }, index) => {
    const fits = evaluate(query, task, view, nowOf(ctx));
    const isLast = index === seen.length - 1;
    const showsGuest = task.guest !== null && maySeeGuest(view, task.guest.vmid);
    const key = JSON.stringify([task.archiveId, fits, isLast, showsGuest]);
    const made = change.made.get(key) as TaskEvent | undefined; // only this function puts something there
    if (made) return made;
    const data = { task: toTaskAnswer(ctx, asSeenBy(view, task)), fits };
    const event: TaskEvent = {
      ...(isLast ? { id: `${ctx.changes.instance}-${change.position}` } : {}),
      event: 'task',
      data,
    };
    change.made.set(key, event);
    return event;
  });
}

/** Without name, tags and pool of a guest that is not this viewer's (product rule 2). */
function asSeenBy(view: ClusterView, task: Task): Task {
  const { guest } = task;
  if (!guest || maySeeGuest(view, guest.vmid)) return task;
  return { ...task, guest: { ...guest, name: null, tags: [], pool: null } };
}

import type { TaskAnswer } from '@/lib/contract/task';
import { type Task, taskHref } from '@/lib/domain/task';
import { describeTask, familyOf } from '@/lib/domain/task-type';
import { type EpochSeconds, isoTime, secondOf } from '@/lib/domain/time';
import { realmOf } from '@/lib/domain/upid';
import type { Context } from '@/lib/services/context';

/** What an answer takes from its context besides the task. */
type Surroundings = Pick<Context, 'basePath' | 'tails' | 'now'>;

/** A task as our HTTP API tells it. The archive has left out already what this viewer may not know of its guest. */
export function toTaskAnswer({ basePath, tails, now }: Surroundings, task: Task): TaskAnswer {
  const { cluster, upid, guest, endedAt } = task;
  return {
    kind: 'task',
    cluster,
    upid,
    href: `${basePath}${taskHref(task)}`,
    node: task.node,
    pid: task.pid,
    pstart: task.pstart,
    label: task.label,
    id: task.object,
    action: describeTask(task.label, task.object),
    family: familyOf(task.label),
    user: task.user,
    realm: realmOf(task.user),
    token: task.token,
    vmid: task.vmid,
    guest: guest?.name ?? null,
    guest_type: guest?.type ?? null,
    tags: [...(guest?.tags ?? [])],
    pool: guest?.pool ?? null,
    state: task.state,
    result: task.result,
    exitstatus: task.exitStatus,
    progress: task.state === 'running' ? tails.progress(task) : null,
    started_at: isoTime(task.startedAt),
    ended_at: endedAt === null ? null : isoTime(endedAt),
    duration: Math.max((endedAt ?? secondOf(now())) - task.startedAt, 0),
    parent_task_id: task.parent,
    stop_requested: task.stopAsked && { at: isoTime(task.stopAsked.at), by: task.stopAsked.by },
    log: { stored: task.log !== null, lines: task.log?.lines ?? null, bytes: task.log?.bytes ?? null },
  };
}

/** ISO text of a clock in milliseconds; null stays null. */
export const timeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(secondOf(ms)));

export const nowOf = (ctx: Pick<Context, 'now'>): EpochSeconds => secondOf(ctx.now());

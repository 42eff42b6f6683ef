import { dayKey, msOf } from '@/lib/client/format-time';
import type { TaskAnswer } from '@/lib/contract/task';

/** Tasks that follow one another on one day of the zone; `at` is the place of the first, `ms` null for a list without days. */
export type Day = { at: number; ms: number | null; tasks: TaskAnswer[] };

/** Cuts a list in order of start into days; without a zone it is one piece, for another order has no days. */
export function groupByDay(tasks: readonly TaskAnswer[], zone: string | null): Day[] {
  if (zone === null) return [{ at: 0, ms: null, tasks: [...tasks] }];
  const days: Day[] = [];
  let last = '';
  tasks.forEach((task, at) => {
    const ms = msOf(task.started_at);
    const key = dayKey(ms, zone);
    if (key !== last) days.push({ at, ms, tasks: [] });
    days.at(-1)?.tasks.push(task);
    last = key;
  });
  return days;
}

import type { TaskAnswer } from '@/lib/contract/task';
import { groupByDay } from './group-by-day';

/** What the table draws from top to bottom: the head of a day, or the task at this place of the page. */
export type ListRow = { kind: 'day'; ms: number } | { kind: 'task'; at: number; task: TaskAnswer };

/** Heads of days and the tasks below them; without a zone there are no days, for the list is in another order. */
export const listRows = (tasks: readonly TaskAnswer[], zone: string | null): ListRow[] =>
  groupByDay(tasks, zone).flatMap((day): ListRow[] => [
    ...(day.ms === null ? [] : [{ kind: 'day' as const, ms: day.ms }]),
    ...day.tasks.map((task, at): ListRow => ({ kind: 'task', at: day.at + at, task })),
  ]);

/** Rows from `from` up to, not including, `to`: those that are drawn, or a gap as high as those that are not. */
export type Stretch = { from: number; to: number; drawn: boolean };

/** Cuts `count` rows into what is drawn, a window and a few rows that always are, and the gaps between. */
export function stretches(count: number, window: { from: number; to: number }, always: readonly number[]): Stretch[] {
  const alone = always
    .filter((at) => at >= 0 && at < count && (at < window.from || at >= window.to))
    .map((at) => ({ from: at, to: at + 1, drawn: true }));
  const found: Stretch[] = [];
  let end = 0;
  for (const piece of [...alone, { ...window, drawn: true }].sort((a, b) => a.from - b.from)) {
    if (piece.from > end) found.push({ from: end, to: piece.from, drawn: false });
    if (piece.to > piece.from) found.push(piece);
    end = Math.max(end, piece.to);
  }
  if (end < count) found.push({ from: end, to: count, drawn: false });
  return found;
}

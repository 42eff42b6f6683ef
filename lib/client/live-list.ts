import type { TaskListAnswer } from '@/lib/contract/task';
import type { TaskEvents } from '@/lib/contract/task-stream';
import { type ListState, PLAIN } from './list-state';

/** One change from `/api/tasks/stream`: the task as it is now, and whether the search still finds it. */
export type TaskChange = TaskEvents['task'];

/** Names a task within a page. */
export const rowKey = (task: { cluster: string; upid: string }): string => `${task.cluster}\n${task.upid}`;

/**
 * A page with a change applied: the row of that task is exchanged in place, also when the search no longer finds it, for
 * rows do not move while they are read. The same page when it has no such row.
 */
export function changeRow(page: TaskListAnswer, change: TaskChange): TaskListAnswer {
  const key = rowKey(change.task);
  const at = page.results.findIndex((row) => rowKey(row) === key);
  if (at < 0) return page;
  return { ...page, results: page.results.with(at, change.task) };
}

/**
 * Whether a change brings a task that the page would show, or come before, if it were read again. Only the first page in
 * order of start can tell; on others a task counts when it started after the page was read.
 */
export function isNewRow(page: TaskListAnswer, state: ListState, change: TaskChange, readAt: number): boolean {
  const key = rowKey(change.task);
  if (!change.fits || page.results.some((row) => rowKey(row) === key)) return false;
  const started = Date.parse(change.task.started_at);
  if (state.page > 1 || state.cursor !== '' || state.order !== PLAIN.order) return started > readAt;
  const last = page.results.at(-1);
  return page.results.length < state.per_page || last === undefined || started >= Date.parse(last.started_at);
}

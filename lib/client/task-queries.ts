import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { TaskDetail, TaskListAnswer, TaskListRequest } from '@/lib/contract/task';
import { type TaskRef, taskHref } from '@/lib/domain/task';
import { getJson } from './api';
import type { ListState } from './list-state';

/** What is asked of the API, and of the service, for a state; `zone` is the viewer's, for words like `yesterday`. */
export function listRequest(state: ListState, zone: string): TaskListRequest {
  const { cursor, ...rest } = state;
  return { ...rest, tz: zone, ...(cursor === '' ? {} : { cursor }) };
}

export const taskQueries = {
  all: () => ['tasks'] as const,
  list: (state: ListState, zone: string) =>
    queryOptions({
      queryKey: [...taskQueries.all(), 'list', state, zone] as const,
      queryFn: ({ signal }) => getJson<TaskListAnswer>('/api/tasks', listRequest(state, zone), signal),
      placeholderData: keepPreviousData,
    }),
  detail: ({ cluster, upid }: TaskRef) =>
    queryOptions({
      queryKey: [...taskQueries.all(), 'detail', cluster, upid] as const,
      queryFn: ({ signal }) => getJson<TaskDetail>(`/api${taskHref({ cluster, upid })}`, {}, signal),
    }),
  /** How many tasks a search finds; asked again by itself. */
  count: (search: string) =>
    queryOptions({
      queryKey: [...taskQueries.all(), 'count', search] as const,
      queryFn: ({ signal }) => getJson<TaskListAnswer>('/api/tasks', { search, per_page: 1 }, signal),
      refetchInterval: 15_000,
    }),
};

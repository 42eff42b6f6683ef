'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '@/lib/client/api';
import { type ListState, PLAIN } from '@/lib/client/list-state';
import { taskQueries } from '@/lib/client/task-queries';
import type { TaskListAnswer } from '@/lib/contract/task';

/** Why the list does not show what was asked for. */
export type ListProblem =
  /** The search cannot be read: where, and what would fit. */
  | { kind: 'refused'; error: ApiError }
  | { kind: 'signed_out' }
  | { kind: 'failed'; message: string; requestId: string | null };

export type TaskListView = {
  /** Missing before the first answer. */
  answer: TaskListAnswer | undefined;
  /** The state whose rows are shown: the last that worked while the one asked for does not. */
  shown: ListState;
  /** Another answer is on its way. */
  loading: boolean;
  problem: ListProblem | null;
  readAt: number;
  again: () => void;
};

/** The list that the address asks for; a refused or failed one leaves the last rows where they are. */
export function useTaskList(state: ListState, zone: string): TaskListView {
  const [good, setGood] = useState({ state: PLAIN, zone });
  const wanted = useQuery({ ...taskQueries.list(state, zone), ...CALM });
  const shown = wanted.isError ? good : { state, zone };
  const rows = useQuery({ ...taskQueries.list(shown.state, shown.zone), ...CALM });
  const worked = wanted.isSuccess && !wanted.isPlaceholderData;
  useEffect(() => {
    if (worked) setGood({ state, zone });
  }, [worked, state, zone]);
  return {
    answer: rows.data,
    shown: rows.isPlaceholderData ? good.state : shown.state,
    loading: wanted.isFetching && (wanted.isPlaceholderData || !wanted.data),
    problem: wanted.isError ? problemOf(wanted.error) : null,
    readAt: rows.dataUpdatedAt,
    again: () => void wanted.refetch(),
  };
}

// Rows change by the stream and by what the reader does, never because the window got the focus.
const CALM = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

function problemOf(error: Error): ListProblem {
  if (!(error instanceof ApiError)) return { kind: 'failed', message: error.message, requestId: null };
  if (typeof error.details.position === 'number') return { kind: 'refused', error };
  if (error.code === 'signed_out') return { kind: 'signed_out' };
  return { kind: 'failed', message: error.message, requestId: error.requestId };
}

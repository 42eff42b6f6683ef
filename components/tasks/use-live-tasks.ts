'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { getJson, queryText } from '@/lib/client/api';
import { withBase } from '@/lib/client/base-path';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { openStream, type StreamState } from '@/lib/client/event-stream';
import type { ListState } from '@/lib/client/list-state';
import { changeRow, isNewRow, rowKey, type TaskChange } from '@/lib/client/live-list';
import { listRequest, taskQueries } from '@/lib/client/task-queries';
import type { TaskListAnswer } from '@/lib/contract/task';
import type { TaskEvents } from '@/lib/contract/task-stream';

/** How long a row that was just let in keeps its dot. */
const FRESH_MS = 10_000;
/** What is held back while paused; beyond it the page is read again. */
const MAX_HELD = 1000;
const NONE: ReadonlySet<string> = new Set();

export type LiveTasks = {
  stream: StreamState;
  paused: boolean;
  pause: () => void;
  /** Tasks that wait to be let in. */
  newCount: number;
  showNew: () => void;
  /** Rows that were let in a moment ago. */
  fresh: ReadonlySet<string>;
};

/**
 * Keeps the page that is shown up to date: rows change in place, new ones wait to be let in. After a break the page is
 * read again and treated as a burst of changes, so that nothing moves then either.
 */
export function useLiveTasks(shown: ListState, zone: string): LiveTasks {
  const queries = useQueryClient();
  const [stream, setStream] = useState<StreamState>('connecting');
  const [paused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(NONE);
  const [fresh, setFresh] = useState(NONE);
  const held = useRef<TaskChange[]>([]);
  const now = useRef({ shown, zone, paused });
  useEffect(() => {
    now.current = { shown, zone, paused };
  });

  const apply = useCallback(
    (changes: readonly TaskChange[]) => {
      const { shown, zone } = now.current;
      const { queryKey } = taskQueries.list(shown, zone);
      const page = queries.getQueryData(queryKey);
      if (!page) return;
      const changed = changes.reduce(changeRow, page);
      const readAt = queries.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
      // The time of reading stays: what is new is measured from it.
      if (changed !== page) queries.setQueryData(queryKey, changed, { updatedAt: readAt });
      const isNew = changes.filter((change) => isNewRow(changed, shown, change, readAt));
      if (isNew.length === 0) return;
      if (page.results.length === 0) void queries.invalidateQueries({ queryKey });
      else setWaiting((known) => new Set([...known, ...isNew.map(({ task }) => rowKey(task))]));
    },
    [queries],
  );

  const take = useCallback(
    (changes: readonly TaskChange[]) => {
      if (!now.current.paused) apply(changes);
      else held.current = [...held.current, ...changes].slice(-MAX_HELD);
    },
    [apply],
  );

  const catchUp = useCallback(async () => {
    const { shown, zone } = now.current;
    const page = await getJson<TaskListAnswer>('/api/tasks', listRequest(shown, zone)).catch(() => null);
    if (page && now.current.shown === shown) take(page.results.map((task) => ({ task, fits: true })));
  }, [take]);

  useEffect(() => {
    setWaiting(NONE);
    const refreshAges = () => void queries.invalidateQueries({ queryKey: clusterQueries.all().queryKey });
    return openStream<TaskEvents>({
      address: () => withBase(`/api/tasks/stream${queryText({ search: shown.search, tz: zone })}`),
      on: {
        task: (change) => take([change]),
        status: (answer) => queries.setQueryData(clusterQueries.all().queryKey, answer),
        reset: () => void catchUp(),
      },
      onState: setStream,
      onGap: () => void catchUp(),
      // The age of each cluster comes every ten seconds.
      silenceMs: 35_000,
      poll: () => {
        void catchUp();
        refreshAges();
      },
    });
  }, [shown.search, zone, queries, take, catchUp]);

  // Another page of the same search: what waited for the old one is read with the new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is what this depends on
  useEffect(() => setWaiting(NONE), [shown]);

  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(NONE), FRESH_MS);
    return () => clearTimeout(timer);
  }, [fresh]);

  return {
    stream,
    paused,
    pause: () => {
      setPaused(!paused);
      if (!paused) return;
      now.current.paused = false;
      apply(held.current);
      held.current = [];
    },
    newCount: waiting.size,
    showNew: () => {
      if (waiting.size === 0) return;
      setFresh(waiting);
      setWaiting(NONE);
      void queries.invalidateQueries({ queryKey: taskQueries.list(shown, zone).queryKey });
    },
    fresh,
  };
}

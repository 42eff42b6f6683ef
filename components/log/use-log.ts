'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { getJson, queryText } from '@/lib/client/api';
import { withBase } from '@/lib/client/base-path';
import { openStream, type StreamState } from '@/lib/client/event-stream';
import { LogStore } from '@/lib/client/log-store';
import type { LogAnswer, LogEvents } from '@/lib/contract/log';
import type { TaskAnswer } from '@/lib/contract/task';
import { type TaskRef, taskHref } from '@/lib/domain/task';

/** How often the last page is read where no stream comes through. */
const POLL_MS = 2_000;

type Live = { state: StreamState; away: { node: string; since: string } | null };

/** The log of one task: its lines as they are needed, and while it runs what the stream brings. */
export function useLog(
  ref: TaskRef,
  running: boolean,
  on: { end(task: TaskAnswer): void; progress(p: number | null): void },
) {
  const { cluster, upid } = ref;
  const [store] = useState(() => new LogStore(readPage({ cluster, upid })));
  const [live, setLive] = useState<Live>({ state: 'connecting', away: null });
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const handlers = useRef(on);
  useEffect(() => {
    handlers.current = on;
  });

  useEffect(() => {
    void store.load(0);
    return () => store.pause();
  }, [store]);

  const opened = running && !snapshot.loading;
  useEffect(() => {
    if (!opened) return;
    const address = (lastId: string | null) => {
      // The last line may be half written, so the one before it is where we go on.
      const after = lastId ?? String(Math.max(store.snapshot().total - 1, 0));
      return withBase(`/api${taskHref({ cluster, upid })}/log/stream${queryText({ after })}`);
    };
    return openStream<LogEvents>({
      address,
      on: {
        lines: ({ lines, total }) => {
          setLive((now) => (now.away ? { ...now, away: null } : now));
          store.take(lines, total);
        },
        progress: ({ progress }) => handlers.current.progress(progress),
        away: (away) => setLive((now) => ({ ...now, away })),
        reset: () => {
          store.reset();
          void store.load(0);
        },
        end: ({ task }) => {
          void store.finish();
          handlers.current.end(task);
        },
      },
      onState: (state) => setLive((now) => ({ ...now, state })),
      poll: () => void store.finish(),
      pollMs: POLL_MS,
    });
  }, [opened, store, cluster, upid]);

  return { store, snapshot, live };
}

const readPage = (ref: TaskRef) => (start: number, limit: number, signal: AbortSignal) =>
  getJson<LogAnswer>(`/api${taskHref(ref)}/log`, { start, limit }, signal);

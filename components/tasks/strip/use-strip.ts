'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTimeText, useZone } from '@/components/ui/clock';
import { msOf } from '@/lib/client/format-time';
import { type ListState, PLAIN } from '@/lib/client/list-state';
import { searchQueries } from '@/lib/client/search-queries';
import type { TaskListAnswer } from '@/lib/contract/task';
import { type Bar, barsOf } from './bars';
import { type Span, spanOf } from './span';

const MINUTE_MS = 60_000;
const NO_BARS: readonly Bar[] = [];

/** The bars of a search, moving on with the time. */
export function useStrip(state: ListState, answer: TaskListAnswer): { bars: readonly Bar[]; span: Span } {
  const zone = useZone();
  const minute = Number(useTimeText((now) => String(Math.floor(now / MINUTE_MS) + 1)));
  const oldestRow = state.order === PLAIN.order ? answer.results.at(-1) : undefined;
  const oldest = oldestRow ? msOf(oldestRow.started_at) : null;
  const span = useMemo(
    () => spanOf({ search: state.search, zone, now: minute * MINUTE_MS, oldest }),
    [state.search, zone, minute, oldest],
  );
  const { data } = useQuery({
    ...searchQueries.histogram(
      {
        search: state.search,
        from: new Date(span.from).toISOString(),
        to: new Date(span.to).toISOString(),
        bucket: span.bucket,
      },
      zone,
    ),
    refetchInterval: MINUTE_MS / 2,
  });
  const bars = useMemo(() => (data ? barsOf(data) : NO_BARS), [data]);
  return { bars, span };
}

'use client';

import { type RefObject, useMemo, useState } from 'react';
import { useZone } from '@/components/ui/clock';
import { useExactTimes } from '@/components/ui/exact-times';
import type { ListState } from '@/lib/client/list-state';
import { rowKey } from '@/lib/client/live-list';
import type { ClusterStatus } from '@/lib/contract/cluster';
import type { TaskListAnswer } from '@/lib/contract/task';
import { lastSeenAt } from './cluster-facts';
import { DayHead } from './day-head';
import { groupByDay } from './group-by-day';
import { TableHead } from './table-head';
import { TaskRow } from './task-row';

type Props = {
  answer: TaskListAnswer;
  state: ListState;
  clusters: readonly ClusterStatus[];
  fresh: ReadonlySet<string>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The tasks of a page. The tab key reaches one row; `j`, `k` and the arrows move on from there. */
export function TaskTable({ answer, state, clusters, fresh, scroller }: Props) {
  const zone = useZone();
  const { exact } = useExactTimes();
  const [focused, setFocused] = useState('');
  const { results } = answer;
  const active = results.some((task) => rowKey(task) === focused) ? focused : results[0] ? rowKey(results[0]) : '';
  const byStart = state.order.startsWith('started_at');
  const days = useMemo(() => groupByDay(results, byStart ? zone : null), [results, byStart, zone]);
  const before = state.cursor === '' ? (state.page - 1) * state.per_page : 0;
  return (
    <div
      ref={scroller}
      className={`min-h-0 flex-1 overflow-y-auto overscroll-contain border-t border-line ${exact ? '[--started:112px]' : ''}`}
    >
      <table aria-label="Tasks" aria-rowcount={answer.subtotal_is_exact ? answer.subtotal + 1 : -1} className="block">
        <TableHead state={state} />
        {days.map((day) => (
          <tbody key={day.at} className="block">
            {day.ms !== null && <DayHead ms={day.ms} first={day.at === 0 && before === 0} />}
            {day.tasks.map((task, at) => {
              const key = rowKey(task);
              return (
                <TaskRow
                  key={key}
                  task={task}
                  rowKey={key}
                  rowIndex={before + day.at + at + 2}
                  first={day.at + at === 0}
                  active={key === active}
                  lastSeen={lastSeenAt(clusters, task)}
                  fresh={fresh.has(key)}
                  onFocus={setFocused}
                />
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

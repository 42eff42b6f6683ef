'use client';

import Link from 'next/link';
import { memo, useId, useState } from 'react';
import type { TaskAnswer } from '@/lib/contract/task';
import { taskHref } from '@/lib/domain/task';
import { ExitStatus } from './exit-status';
import { FilterLink } from './filter-link';
import { ResultIcon } from './result-icon';
import { RowActions } from './row-actions';
import { DurationCell, StartedCell } from './time-cell';

type Props = {
  task: TaskAnswer;
  rowKey: string;
  rowIndex: number;
  /** The topmost row, which has no room above it. */
  first: boolean;
  /** The one row that the tab key reaches. */
  active: boolean;
  /** Its cluster or node is away since then, in milliseconds; null when all is well. */
  lastSeen: number | null;
  /** It came with the last press of "n new tasks". */
  fresh: boolean;
  onFocus: (rowKey: string) => void;
};

const CELL = 'min-w-0';

export const TaskRow = memo(function TaskRow({
  task,
  rowKey,
  rowIndex,
  first,
  active,
  lastSeen,
  fresh,
  onFocus,
}: Props) {
  const tipId = useId();
  // Menus are made for the rows that are pointed at, not for all of them.
  const [touched, setTouched] = useState(false);
  const away = lastSeen !== null;
  const running = task.state === 'running' || task.state === 'unknown';
  const soft = away ? 'text-ink-3' : 'text-ink-2';
  return (
    <tr
      aria-rowindex={rowIndex}
      data-row-key={rowKey}
      onPointerEnter={() => setTouched(true)}
      onFocus={() => {
        setTouched(true);
        onFocus(rowKey);
      }}
      className={`task-grid group/row relative border-b border-line-soft hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover has-[[data-row-link]:focus-visible]:shadow-[inset_2px_0_0_var(--accent)] ${away ? 'hatched' : ''}`}
    >
      <td className="col-start-1 row-start-1 md:col-auto md:row-auto">
        <ResultIcon state={away && running ? 'unknown' : task.state} result={task.result} />
        {fresh && (
          <span
            title="New"
            className="absolute top-1/2 left-1 size-1.5 -translate-y-1/2 rounded-full bg-accent md:left-2"
          />
        )}
      </td>
      <td className={`${CELL} col-start-2 row-start-1 flex items-baseline gap-2 md:col-auto md:row-auto`}>
        <Link
          href={taskHref(task)}
          prefetch={false}
          data-row-link=""
          tabIndex={active ? 0 : -1}
          aria-describedby={tipId}
          className={`max-w-full min-w-0 shrink-0 truncate font-medium outline-none after:absolute after:inset-0 ${away ? 'text-ink-3' : ''}`}
        >
          {task.action}
        </Link>
        {task.guest !== null && (
          <span className={`min-w-0 truncate ${soft}`} title={task.guest}>
            {task.guest}
          </span>
        )}
      </td>
      <td className={`${CELL} hidden xl:block`}>
        <FilterLink field="label" value={task.label} className="mono block truncate text-[11.5px] text-ink-3" />
      </td>
      <td className={`${CELL} col-start-2 row-start-2 text-12 md:col-auto md:row-auto md:text-[12.5px]`}>
        <ExitStatus task={task} lastSeen={lastSeen} />
      </td>
      <td className={`${CELL} hidden md:block`}>
        <FilterLink field="node" value={task.node} className={`block truncate ${soft}`} />
      </td>
      <td className={`${CELL} hidden xl:block`}>
        <FilterLink field="cluster" value={task.cluster} className="block truncate text-ink-3" />
      </td>
      <td className={`${CELL} hidden xl:block`}>
        <FilterLink field="user" value={task.user} className={`block truncate text-[12.5px] ${soft}`}>
          {task.user}
          {task.token !== null && <span className="text-ink-3">!{task.token}</span>}
        </FilterLink>
      </td>
      <td
        className={`group/started relative z-1 hover:z-20 group-has-[[data-row-link]:focus-visible]/row:z-20 col-start-3 row-start-1 text-right text-[12.5px] md:col-auto md:row-auto ${soft}`}
      >
        <StartedCell task={task} tipId={tipId} below={first} />
      </td>
      <td
        className={`${CELL} col-start-3 row-start-2 text-right text-12 md:col-auto md:row-auto md:text-[12.5px] ${soft}`}
      >
        <DurationCell task={task} away={away} />
        {touched && <RowActions task={task} active={active} />}
      </td>
    </tr>
  );
});

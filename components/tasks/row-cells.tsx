import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ColumnId } from '@/lib/client/list-look';
import type { TaskAnswer } from '@/lib/contract/task';
import { taskHref } from '@/lib/domain/task';
import { ExitStatus } from './exit-status';
import { FilterLink } from './filter-link';
import { DurationCell, StartedCell } from './time-cell';

export type CellFacts = {
  task: TaskAnswer;
  /** Its cluster or node is away since then, in milliseconds; null when all is well. */
  lastSeen: number | null;
  /** The one row that the tab key reaches. */
  active: boolean;
  /** The topmost row, which has no room above it. */
  first: boolean;
  tipId: string;
  /** What the row's tooltip tells besides the time, because no column does. */
  untold: string;
};

/** How the text of a column looks. */
export const CELL_LOOK: Readonly<Record<ColumnId, string>> = {
  action: 'items-baseline gap-2',
  label: '',
  exitstatus: 'text-12 md:text-[12.5px]',
  node: '',
  cluster: '',
  user: '',
  started_at:
    'group/started relative z-1 text-right text-[12.5px] hover:z-20 group-has-[[data-value-of]:focus-visible]/row:z-20',
  duration: 'text-right text-12 md:text-[12.5px]',
};

const soft = (lastSeen: number | null): string => (lastSeen === null ? 'text-ink-2' : 'text-ink-3');

/** What stands in each column of a row. */
export const CELLS: Readonly<Record<ColumnId, (facts: CellFacts) => ReactNode>> = {
  action: ({ task, lastSeen, active, tipId }) => (
    <>
      <Link
        href={taskHref(task)}
        prefetch={false}
        data-row-link=""
        data-value-of="action"
        tabIndex={active ? 0 : -1}
        aria-describedby={tipId}
        className={`max-w-full min-w-0 shrink-0 truncate font-medium outline-none after:absolute after:inset-0 ${lastSeen === null ? '' : 'text-ink-3'}`}
      >
        {task.action}
      </Link>
      {task.guest !== null && (
        <span className={`min-w-0 truncate ${soft(lastSeen)}`} title={task.guest}>
          {task.guest}
        </span>
      )}
    </>
  ),
  label: ({ task }) => (
    <FilterLink field="label" value={task.label} className="mono block truncate text-[11.5px] text-ink-3" />
  ),
  exitstatus: ({ task, lastSeen }) => <ExitStatus task={task} lastSeen={lastSeen} />,
  node: ({ task, lastSeen }) => (
    <FilterLink field="node" value={task.node} className={`block truncate ${soft(lastSeen)}`} />
  ),
  cluster: ({ task }) => <FilterLink field="cluster" value={task.cluster} className="block truncate text-ink-3" />,
  user: ({ task, lastSeen }) => (
    <FilterLink field="user" value={task.user} className={`block truncate text-[12.5px] ${soft(lastSeen)}`}>
      {task.user}
      {task.token !== null && <span className="text-ink-3">!{task.token}</span>}
    </FilterLink>
  ),
  started_at: ({ task, lastSeen, tipId, first, untold }) => (
    <span className={soft(lastSeen)}>
      <StartedCell task={task} tipId={tipId} below={first} untold={untold} />
    </span>
  ),
  duration: ({ task, lastSeen }) => (
    <span className={soft(lastSeen)}>
      <DurationCell task={task} away={lastSeen !== null} />
    </span>
  ),
};

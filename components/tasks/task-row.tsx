'use client';

import { memo, useId, useState } from 'react';
import type { TaskAnswer } from '@/lib/contract/task';
import { placeOf, type ShownColumn } from './columns';
import { ResultIcon } from './result-icon';
import { RowActions } from './row-actions';
import { RowBox } from './row-box';
import { CELL_LOOK, CELLS } from './row-cells';

type Props = {
  task: TaskAnswer;
  rowKey: string;
  rowIndex: number;
  columns: readonly ShownColumn[];
  /** The topmost row, which has no room above it. */
  first: boolean;
  /** The one row that the tab key reaches. */
  active: boolean;
  selected: boolean;
  /** Its cluster or node is away since then, in milliseconds; null when all is well. */
  lastSeen: number | null;
  /** It came with the last press of "n new tasks". */
  fresh: boolean;
  onFocus: (rowKey: string) => void;
  onSelect: (task: TaskAnswer, toHere: boolean) => void;
  onStop: (task: TaskAnswer) => void;
};

export const TaskRow = memo(function TaskRow({ task, columns, active, selected, lastSeen, ...rest }: Props) {
  const { rowKey, onFocus } = rest;
  const tipId = useId();
  // Menus are made for the rows that are pointed at, not for all of them.
  const [touched, setTouched] = useState(false);
  const away = lastSeen !== null;
  const running = task.state === 'running' || task.state === 'unknown';
  const untold = untoldBelow(columns);
  return (
    <tr
      aria-rowindex={rest.rowIndex}
      aria-selected={selected}
      data-row-key={rowKey}
      onPointerEnter={() => setTouched(true)}
      onFocus={() => {
        setTouched(true);
        onFocus(rowKey);
      }}
      className={`task-grid group/row relative scroll-mt-7 border-b border-line-soft hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover has-[[data-row-link]:focus-visible]:shadow-[inset_2px_0_0_var(--accent)] aria-selected:bg-selected ${away ? 'hatched' : ''}`}
    >
      <td className="z-1 col-start-1 row-start-1 md:col-auto md:row-auto">
        <RowBox task={task} selected={selected} active={active} onSelect={rest.onSelect} />
      </td>
      <td className="pointer-events-none col-start-1 row-start-1 max-md:in-data-selecting:hidden md:col-auto md:row-auto">
        <ResultIcon state={away && running ? 'unknown' : task.state} result={task.result} />
        {rest.fresh && (
          <span
            title="New"
            className="absolute top-1/2 left-1 size-1.5 -translate-y-1/2 rounded-full bg-accent md:left-2"
          />
        )}
      </td>
      {columns.map((column) =>
        column.from === 'never' && column.phone === 'hidden' ? null : (
          <td key={column.id} className={`${placeOf(column)} ${CELL_LOOK[column.id]}`}>
            {CELLS[column.id]({ task, lastSeen, active, first: rest.first, tipId, untold })}
            {column.id === 'action' && touched && <RowActions task={task} active={active} onStop={rest.onStop} />}
          </td>
        ),
      )}
    </tr>
  );
});

/** When the tooltip has to tell label, cluster and user: always when one is hidden by choice, else where it is narrow. */
function untoldBelow(columns: readonly ShownColumn[]): string {
  const froms = columns.filter(({ id }) => id === 'label' || id === 'cluster' || id === 'user').map(({ from }) => from);
  if (froms.includes('never')) return 'block';
  return froms.includes('xl') ? 'block wide:hidden' : 'block md:hidden';
}

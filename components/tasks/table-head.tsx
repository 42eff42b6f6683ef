'use client';

import type { KeyboardEvent } from 'react';
import { moved, sized } from '@/lib/client/list-look';
import type { ListState } from '@/lib/client/list-state';
import { ColumnEdge } from './column-edge';
import { type Column, nextOrder, orderParts, placeOf, RESULT, type ShownColumn } from './columns';
import { PageBox } from './page-box';
import { StateLink } from './state-link';
import type { Look } from './use-look';
import type { Selection } from './use-selection';

type Props = { state: ListState; look: Look; selection: Selection; onOrder: () => void };

/** What a drag of a head carries, so that nothing else can be dropped on one. */
const DRAGGED = 'application/x-taskscope-column';
const STEP_PX = 16;

/**
 * The head of the list: a click sorts, with Shift one writes the order, an edge sizes and a drag moves a column; the keys
 * Shift and Ctrl Shift with an arrow do the same.
 */
export function TableHead({ state, look: { look, change, columns }, selection, onOrder }: Props) {
  const onKey = (event: KeyboardEvent, { id }: ShownColumn) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0 || !event.shiftKey) return;
    event.preventDefault();
    if (!event.ctrlKey && !event.metaKey) {
      const width = event.currentTarget.getBoundingClientRect().width;
      change(sized(look, id, (look.widths[id] ?? width) + by * STEP_PX));
    } else if (id !== 'action') change(moved(look, id, by));
  };
  const onDrop = (name: string, onto: ShownColumn) => {
    const id = look.order.find((one) => one === name);
    const from = id ? look.order.indexOf(id) : 0;
    if (id) change(moved(look, id, (onto.id === 'action' ? 0 : look.order.indexOf(onto.id)) - from));
  };
  const sortedBy = (column: Column) => <SortLink column={column} state={state} onOrder={onOrder} />;
  return (
    <thead className="sticky top-0 z-30 hidden md:block">
      <tr
        aria-rowindex={1}
        className="task-grid h-7 border-b border-line-soft bg-rail text-11 font-medium text-ink-3 [--row:28px]"
      >
        <td className="flex">
          <PageBox selection={selection} />
        </td>
        <th scope="col" aria-sort={sortOf(RESULT, state)} className="text-left font-medium">
          {sortedBy(RESULT)}
        </th>
        {columns.map((column) =>
          column.from === 'never' ? null : (
            <th
              key={column.id}
              scope="col"
              aria-sort={sortOf(column, state)}
              draggable={column.id !== 'action'}
              onDragStart={(event) => event.dataTransfer.setData(DRAGGED, column.id)}
              onDragOver={(event) => {
                if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
              }}
              onDrop={(event) => onDrop(event.dataTransfer.getData(DRAGGED), column)}
              onKeyDown={(event) => onKey(event, column)}
              className={`relative font-medium ${column.right ? 'text-right' : 'text-left'} ${placeOf(column)}`}
            >
              {sortedBy(column)}
              <ColumnEdge onSize={(width) => change(sized(look, column.id, width))} />
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

function sortOf({ field }: Column, { order }: ListState): 'ascending' | 'descending' | undefined {
  const now = orderParts(order);
  if (now.field !== field) return undefined;
  return now.descending ? 'descending' : 'ascending';
}

function SortLink({ column, state, onOrder }: { column: Column; state: ListState; onOrder: () => void }) {
  const sort = sortOf(column, state);
  const next = nextOrder(column, state.order);
  return (
    <StateLink
      to={{ ...state, order: next, page: 1, cursor: '' }}
      onShiftClick={onOrder}
      draggable={false}
      className={`inline-block min-h-4 min-w-4 max-w-full truncate rounded-1 align-top leading-4 hover:text-ink ${sort ? 'text-ink-2' : ''}`}
      title={`Order: ${next}. With Shift: any other.`}
    >
      <span className={column.field === 'result' ? 'sr-only' : ''}>{column.head}</span>
      {sort && <span aria-hidden="true"> {sort === 'descending' ? '↓' : '↑'}</span>}
    </StateLink>
  );
}

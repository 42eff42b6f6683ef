'use client';

import type { ListState } from '@/lib/client/list-state';
import { COLUMNS, nextOrder, orderParts } from './columns';
import { StateLink } from './state-link';

/** The head of the list: each column sorts by a click, the one in use says which way. */
export function TableHead({ state }: { state: ListState }) {
  const order = orderParts(state.order);
  return (
    <thead className="sticky top-0 z-10 hidden md:block">
      <tr
        aria-rowindex={1}
        className="task-grid h-7 border-b border-line-soft bg-rail text-11 font-medium text-ink-3 [--row:28px]"
      >
        {COLUMNS.map((column) => {
          const used = order.field === column.field;
          const arrow = order.descending ? '↓' : '↑';
          return (
            <th
              key={column.head}
              scope="col"
              aria-sort={used ? (order.descending ? 'descending' : 'ascending') : undefined}
              className={`min-w-0 font-medium ${column.right ? 'text-right' : 'text-left'} ${column.className}`}
            >
              <StateLink
                to={{ ...state, order: nextOrder(column, state.order), page: 1, cursor: '' }}
                className={`inline-block min-h-4 min-w-4 max-w-full truncate rounded-1 align-top leading-4 hover:text-ink ${used ? 'text-ink-2' : ''}`}
                title={`Order: ${nextOrder(column, state.order)}`}
              >
                <span className={column.field === 'result' ? 'sr-only' : ''}>{column.head}</span>
                {used && <span aria-hidden="true"> {arrow}</span>}
              </StateLink>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

import type { OrderField } from '@/lib/domain/search/bound';

export type Column = {
  field: OrderField | null;
  head: string;
  /** Which way the first click sorts: what one looks for stands on top. */
  first: 'ASC' | 'DESC';
  right: boolean;
  className: string;
};

const WIDE = 'hidden xl:block';

/** The columns of the task list, from left to right. */
export const COLUMNS: readonly Column[] = [
  { field: 'result', head: 'Result', first: 'DESC', right: false, className: '' },
  { field: 'action', head: 'Task', first: 'ASC', right: false, className: '' },
  { field: 'label', head: 'Label', first: 'ASC', right: false, className: WIDE },
  { field: 'exitstatus', head: 'Exit status or progress', first: 'ASC', right: false, className: '' },
  { field: 'node', head: 'Node', first: 'ASC', right: false, className: '' },
  { field: 'cluster', head: 'Cluster', first: 'ASC', right: false, className: WIDE },
  { field: 'user', head: 'User', first: 'ASC', right: false, className: WIDE },
  { field: 'started_at', head: 'Started', first: 'DESC', right: true, className: '' },
  { field: 'duration', head: 'Duration', first: 'DESC', right: true, className: '' },
];

/** The field and direction of an order text; a missing direction is ascending. */
export function orderParts(order: string): { field: string; descending: boolean } {
  const [field = '', direction = 'ASC'] = order.split(' ');
  return { field, descending: direction.toUpperCase() === 'DESC' };
}

/** The order after a click on a column: its own first direction, then the other one. */
export function nextOrder(column: Column, order: string): string {
  const now = orderParts(order);
  if (now.field !== column.field) return `${column.field} ${column.first}`;
  return `${column.field} ${now.descending ? 'ASC' : 'DESC'}`;
}

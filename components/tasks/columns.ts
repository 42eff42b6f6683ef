import type { ColumnId, ListLook } from '@/lib/client/list-look';
import type { OrderField } from '@/lib/domain/search/bound';

export type Column = {
  field: OrderField;
  head: string;
  /** Which way the first click sorts: what one looks for stands on top. */
  first: 'ASC' | 'DESC';
  right: boolean;
  /** Its least width in pixels and its share of what is left, from 768, 1280 and 1680 px on. */
  tracks: readonly [Track, Track, Track];
  /** Where it stands in the two lines of a phone, which have no columns. */
  phone: string;
};
type Track = readonly [leastPx: number, share?: number];

const column = (
  field: OrderField,
  head: string,
  first: Column['first'],
  tracks: Column['tracks'],
  phone = 'hidden',
): Column => ({ field, head, first, right: field === 'started_at' || field === 'duration', tracks, phone });

/** The mark of the result, which neither moves nor hides. */
export const RESULT: Column = column('result', 'Result', 'DESC', [[16], [16], [16]]);

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  action: column(
    'action',
    'Task',
    'ASC',
    [
      [180, 1.4],
      [160, 1.2],
      [220, 1.2],
    ],
    'flex col-start-2 row-start-1',
  ),
  label: column('label', 'Label', 'ASC', [[100], [100], [116]]),
  exitstatus: column(
    'exitstatus',
    'Exit status or progress',
    'ASC',
    [
      [140, 1],
      [140, 1.1],
      [180, 1.5],
    ],
    'block col-start-2 row-start-2',
  ),
  node: column('node', 'Node', 'ASC', [[84], [88], [104]]),
  cluster: column('cluster', 'Cluster', 'ASC', [[74], [74], [90]]),
  user: column('user', 'User', 'ASC', [[144], [144], [150]]),
  started_at: column('started_at', 'Started', 'DESC', [[70], [62], [84]], 'block col-start-3 row-start-1'),
  duration: column('duration', 'Duration', 'DESC', [[66], [66], [84]], 'block col-start-3 row-start-2'),
};

/** Hidden below 1280 px unless chosen: the row's tooltip has them there. */
const WIDE: ReadonlySet<ColumnId> = new Set(['label', 'cluster', 'user']);

/** A column as it is shown now; `from` is the width of the window that it needs. */
export type ShownColumn = Column & { id: ColumnId; from: 'md' | 'xl' | 'never' };

/** The columns from left to right, hidden ones too: a phone shows some of those. */
export const shownColumns = ({ order, showing }: Pick<ListLook, 'order' | 'showing'>): ShownColumn[] =>
  (['action', ...order] as const).map((id) => {
    const how = id === 'action' ? 'on' : (showing[id] ?? 'auto');
    const from = how === 'off' ? 'never' : how === 'auto' && WIDE.has(id) ? 'xl' : 'md';
    return { ...COLUMNS[id], id, from };
  });

const FROM = { md: 'md:block', xl: 'md:hidden wide:block', never: 'md:hidden' };

/** The classes that place a cell: in its column, or on a phone in one of two lines. */
export const placeOf = ({ id, phone, from }: ShownColumn): string =>
  `min-w-0 md:col-auto md:row-auto ${phone} ${id === 'action' ? 'md:flex' : FROM[from]}`;

/** Box to select and mark of the result. */
const FIXED = '16px 16px';
const GAP_PX = 14;
/** Both boxes, and what stands at the sides. */
const AROUND_PX = 2 * (16 + GAP_PX) + 40;

/** The tracks of the table as custom properties that `task-grid` reads, for each width of the window. */
export function tracksOf(columns: readonly ShownColumn[], widths: ListLook['widths']): Record<`--${string}`, string> {
  const at = (from: 0 | 1 | 2) => columns.filter((one) => one.from === 'md' || (one.from === 'xl' && from > 0));
  const tracks = (from: 0 | 1 | 2) =>
    `${FIXED} ${at(from)
      .map((one) => trackText(one, widths[one.id], from))
      .join(' ')}`;
  const least = (from: 0 | 1 | 2) =>
    at(from).reduce((sum, one) => sum + (widths[one.id] ?? one.tracks[from][0]) + GAP_PX, AROUND_PX);
  return {
    '--cols-md': tracks(0),
    '--cols-xl': tracks(1),
    '--cols-2xl': tracks(2),
    '--least-md': `${least(0)}px`,
    '--least-xl': `${least(1)}px`,
  };
}

function trackText({ id, tracks }: ShownColumn, width: number | undefined, from: 0 | 1 | 2): string {
  if (width !== undefined) return `${width}px`;
  const [least, share] = tracks[from];
  if (share !== undefined) return `minmax(${least}px, ${share}fr)`;
  return id === 'started_at' ? `var(--started, ${least}px)` : `${least}px`;
}

/** The field and direction of an order text; a missing direction is ascending. */
export function orderParts(order: string): { field: string; descending: boolean } {
  const [field = '', direction = 'ASC'] = order.split(' ');
  return { field, descending: direction.toUpperCase() === 'DESC' };
}

/** The order after a click on a column: its own first direction, then the other one. */
export function nextOrder(column: Pick<Column, 'field' | 'first'>, order: string): string {
  const now = orderParts(order);
  if (now.field !== column.field) return `${column.field} ${column.first}`;
  return `${column.field} ${now.descending ? 'ASC' : 'DESC'}`;
}

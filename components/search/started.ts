import { chipsOf, type Filter, removeChip, setChip } from '@/lib/domain/search/chips';

type Bound = Pick<Filter, 'op'> & { value: string };

/** Times that are one click away. They stay relative: a bookmark of today is about the day it is opened. */
export const PRESETS: readonly { name: string; bound: Bound }[] = [
  { name: 'Last hour', bound: { op: '>', value: '1 hour ago' } },
  { name: 'Today', bound: { op: '=', value: 'today' } },
  { name: 'Yesterday', bound: { op: '=', value: 'yesterday' } },
  { name: 'Last 24 hours', bound: { op: '>', value: '24 hours ago' } },
  // Today and the six days before it.
  { name: 'Last 7 days', bound: { op: '>=', value: '6 days ago' } },
];

/** The search with these bounds of the start instead of any it had. Throws QueryError. */
export function startedWithin(search: string, bounds: readonly Bound[]): string {
  const without = chipsOf(search)
    .filter((chip) => chip.field === 'started_at')
    .reduce(removeChip, search);
  return bounds.reduce((text, { op, value }) => setChip(text, { field: 'started_at', op, values: [value] }), without);
}

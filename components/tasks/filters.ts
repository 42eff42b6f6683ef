import type { FieldName } from '@/lib/domain/search/bound';
import { chipsOf, type Filter, removeChip, setChip } from '@/lib/domain/search/chips';

/** What a click on a value of a row filters by, in the order of the row's menu. */
export const FILTER_FIELDS = [
  'label',
  'result',
  'vmid',
  'node',
  'cluster',
  'user',
] as const satisfies readonly FieldName[];

/** The search with `field = value` in it; a search that cannot be read gives way to the filter alone. */
export function filtered(search: string, field: FieldName, value: string): string {
  const filter: Filter = { field, op: '=', values: [value] };
  try {
    return setChip(search, filter);
  } catch {
    return setChip('', filter);
  }
}

/** The search without each of its parts in turn, and what was left out; empty for one part alone or none. */
export function withoutEach(search: string): { left: string; search: string }[] {
  try {
    return chipsOf(search).map((chip) => ({ left: chip.text, search: removeChip(search, chip) }));
  } catch {
    return [];
  }
}

/** The one cluster that a search is limited to, null when it is not. */
export function clusterOf(search: string): string | null {
  try {
    const chip = chipsOf(search).find(({ field, op }) => field === 'cluster' && (op === '=' || op === '^'));
    return chip?.values.length === 1 ? (chip.values[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** The search limited to a cluster, or to none. */
export function inCluster(search: string, cluster: string | null): string {
  if (cluster !== null) return filtered(search, 'cluster', cluster);
  try {
    const chip = chipsOf(search).find(({ field }) => field === 'cluster');
    return chip ? removeChip(search, chip) : search;
  } catch {
    return search;
  }
}

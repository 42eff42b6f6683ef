import { toggled } from '@/components/search/chip-fields';
import type { FieldName } from '@/lib/domain/search/bound';
import { chipsOf, type Filter, removeChip, setChip } from '@/lib/domain/search/chips';
import { readQuery } from '@/lib/domain/search/read-query';
import { secondOf } from '@/lib/domain/time';

/** What a click on a value of a row filters by, in the order of the row's menu. */
export const FILTER_FIELDS = [
  'label',
  'result',
  'exitstatus',
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

/** The search with one value of a field more, or less when it was chosen already. */
export function toggledIn(search: string, field: FieldName, value: string): string {
  const readable = isReadable(search) ? search : '';
  return toggled(readable, chipsOf(readable), field, value);
}

/** The values of a field that the search asks for, and those that it leaves out. */
export function valuesIn(search: string, field: FieldName): { chosen: readonly string[]; left: readonly string[] } {
  const chips = isReadable(search) ? chipsOf(search).filter((chip) => chip.field === field) : [];
  const of = (...ops: string[]) => chips.find(({ op }) => ops.includes(op))?.values ?? [];
  return { chosen: of('=', '^'), left: of('!=', '!^') };
}

/** The search with a value that was left out again among what it finds. */
export function letIn(search: string, field: FieldName, value: string): string {
  const left = chipsOf(search).find((chip) => chip.field === field && (chip.op === '!=' || chip.op === '!^'));
  if (!left) return search;
  const others = left.values.filter((one) => one !== value);
  const without = removeChip(search, left);
  return others.length === 0 ? without : setChip(without, { field, op: '!=', values: others });
}

/**
 * The search without tasks that have `field = value`; tasks that have no such field stay. Values that were
 * chosen give way, one of several is taken from them, those that were left out before stay out.
 */
export function excluded(search: string, field: FieldName, value: string): string {
  const readable = isReadable(search) ? search : '';
  const chips = chipsOf(readable).filter((chip) => chip.field === field);
  const chosen = chips.find(({ op }) => op === '=' || op === '^');
  if (chosen && chosen.values.length > 1 && chosen.values.includes(value)) {
    return setChip(readable, { field, op: '=', values: chosen.values.filter((one) => one !== value) });
  }
  const left = chips.find(({ op }) => op === '!=' || op === '!^');
  const base = [chosen, left].reduce((text, chip) => (chip ? removeChip(text, chip) : text), readable);
  if (!MAY_BE_MISSING.has(field)) {
    return setChip(base, { field, op: '!=', values: [...new Set([...(left?.values ?? []), value])] });
  }
  const without = `not ${setChip('', { field, op: '=', values: [value] })}`;
  return base === '' ? without : canonical(`(${base}) and ${without}`);
}

function isReadable(search: string): boolean {
  try {
    chipsOf(search);
    return true;
  } catch {
    return false;
  }
}

/** `!=` finds no task in which the field is missing, so these are written the other way round. */
const MAY_BE_MISSING: ReadonlySet<FieldName> = new Set(['vmid', 'guest', 'exitstatus', 'token', 'pool']);

const canonical = (search: string): string =>
  readQuery(search, { now: secondOf(Date.now()), timeZone: 'UTC' }).canonical;

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

import { group, partsOf, type Query } from './ast';
import type { FieldName } from './bound';
import { symbolOf } from './operators';
import { parse } from './parse';
import { print, printPart, printValue } from './print';
import { resolve } from './resolve';

/** One comparison on one field, to be added to a query by a click. Several values make it a list. */
export type Filter = { field: FieldName; op: '=' | '!=' | '~' | '>' | '>=' | '<' | '<='; values: readonly string[] };

/**
 * The clicked face of a part of a query. `text` is its canonical text; `field` is null for the one chip that holds
 * everything that is no comparison on a field.
 */
export type Chip = { text: string; field: FieldName | null; op: string; values: readonly string[] };

/** A query as chips, search-language 10: comparisons in their order, the rest last. Throws QueryError. */
export function chipsOf(text: string): Chip[] {
  const parts = partsOf(read(text));
  const chips = parts.map(chipOf).filter((chip) => chip !== undefined);
  const rest = parts.filter((part) => !chipOf(part));
  return rest.length === 0 ? chips : [...chips, freeChip(rest)];
}

/** The canonical text of the query with this filter in it: a clicked one and a typed one give the same. Throws QueryError. */
export function setChip(text: string, filter: Filter): string {
  const query = read(text);
  const added = read(printFilter(filter));
  const joins = query.kind === 'and' || query.kind === 'all' || chipOf(query) !== undefined;
  if (!joins) return print(group('and', [added, query]));
  const parts = partsOf(query);
  const at = parts.findIndex((part) => replaces(part, filter.field));
  return print(group('and', at < 0 ? [...parts, added] : parts.with(at, added)));
}

/** The canonical text of the query without a chip of it. Throws QueryError. */
export function removeChip(text: string, chip: Pick<Chip, 'text' | 'field'>): string {
  const parts = partsOf(read(text));
  if (chip.field === null) return print(group('and', parts.filter(chipOf)));
  const at = parts.findIndex((part) => print(part) === chip.text);
  return print(group('and', at < 0 ? parts : parts.toSpliced(at, 1)));
}

/**
 * The query without the values of a field that were chosen by a click, in which its other values are counted; the same
 * query when none were.
 */
export function withoutChosen(query: Query, field: FieldName): Query {
  const parts = partsOf(query);
  const others = parts.filter((part) => !replaces(part, field));
  return others.length === parts.length ? query : group('and', others);
}

/** The canonical text of one filter. */
function printFilter({ field, op, values }: Filter): string {
  const [only = ''] = values;
  const listed = values.map((text) => printValue({ text })).join(', ');
  if (values.length === 1 || (op !== '=' && op !== '!=')) return `${field} ${op} ${printValue({ text: only })}`;
  return `${field} ${op === '=' ? '^' : '!^'} (${listed})`;
}

const read = (text: string): Query => resolve(parse(text).query);

function chipOf(part: Query): Chip | undefined {
  switch (part.kind) {
    case 'compare':
      return part.field ? chip(part, part.field.text, symbolOf(part.op), [part.value.text]) : undefined;
    case 'list':
      return chip(
        part,
        part.field.text,
        symbolOf(part.op),
        part.values.map((value) => value.text),
      );
    case 'null':
    case 'notnull':
      return chip(part, part.field.text, part.kind === 'null' ? 'null?' : 'has', []);
    case 'all':
    case 'word':
    case 'not':
    case 'and':
    case 'or':
      return undefined;
  }
}

// `resolve` has put the canonical name there.
const chip = (part: Query, field: string, op: string, values: readonly string[]): Chip => ({
  text: print(part),
  field: field as FieldName,
  op,
  values,
});

const freeChip = (rest: readonly Query[]): Chip => ({
  text: rest.length === 1 && rest[0] ? print(rest[0]) : rest.map(printPart).join(' and '),
  field: null,
  op: '',
  values: [],
});

const replaces = (part: Query, field: FieldName): boolean =>
  ((part.kind === 'compare' && part.op === 'eq') || (part.kind === 'list' && part.op === 'in')) &&
  part.field?.text === field;

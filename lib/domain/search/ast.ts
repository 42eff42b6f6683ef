import type { Place } from './errors';

export type CompareOp = 'eq' | 'ne' | 'like' | 'unlike' | 'gt' | 'gte' | 'lt' | 'lte';
export type ListOp = 'in' | 'notin';

/** A value as it was meant: without quotes and escapes, several words joined by single blanks. */
export type Value = Place & { text: string; quoted: boolean };

/** The operator as it stands in the text: `!=`, `not in`, `before`. */
export type OpToken = Place & { text: string };

export type Comparison = { kind: 'compare'; op: CompareOp; field: Value | null; value: Value; opAt: OpToken };

/** The tree of a query (search-language 1). Field names are text until they are resolved. */
export type Query =
  | { kind: 'all' }
  | { kind: 'word'; value: Value }
  | Comparison
  | { kind: 'list'; op: ListOp; field: Value; values: readonly Value[]; opAt: OpToken }
  | { kind: 'null' | 'notnull'; field: Value }
  | { kind: 'not'; of: Query }
  | { kind: 'and' | 'or'; of: readonly Query[] };

/** `and` or `or` of some queries: same inside same is flattened, a group of one is that one, of none is everything. */
export function group(kind: 'and' | 'or', of: readonly Query[]): Query {
  const flat = of.flatMap((query) => (query.kind === kind ? query.of : [query]));
  const [first] = flat;
  if (!first) return { kind: 'all' };
  return flat.length === 1 ? first : { kind, of: flat };
}

/** The queries that an `and` joins; a query that is none is its own only part, the empty query has none. */
export function partsOf(query: Query): readonly Query[] {
  if (query.kind === 'all') return [];
  return query.kind === 'and' ? query.of : [query];
}

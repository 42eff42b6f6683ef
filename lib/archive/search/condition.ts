import type { RawBuilder } from 'kysely';
import type {
  ActorEntry,
  Dictionaries,
  ExitEntry,
  GuestEntry,
  LabelEntry,
  NodeEntry,
} from '@/lib/archive/dictionaries';
import type { Dictionary, Entry } from '@/lib/archive/dictionary';

type Entries = {
  node_id: NodeEntry;
  label_id: LabelEntry;
  actor_id: ActorEntry;
  guest_id: GuestEntry;
  exit_id: ExitEntry;
};
export type IdColumn = keyof Entries;
export type CodeColumn = 'state' | 'result';

/** Part of a partial index's condition that a leaf implies: not ended, or not a success. */
export type Implies = 'open' | 'attention';

/**
 * A query with its fields resolved to columns of `task` and its negations pushed into the leaves. Every leaf is two-valued
 * in SQL wherever it can be null, so nothing depends on SQL's third value.
 */
export type Condition =
  | { kind: 'true' }
  | { kind: 'false' }
  | { kind: 'and' | 'or'; of: readonly Condition[] }
  /** The column is one of the ids, or, with `orNull`, null. `all` is how many entries the dictionary has. */
  | {
      kind: 'ids';
      column: IdColumn;
      ids: ReadonlySet<number>;
      orNull: boolean;
      all: readonly number[];
      implies?: Implies | undefined;
    }
  | { kind: 'codes'; column: CodeColumn; codes: ReadonlySet<number>; all: readonly number[] }
  /** from <= started_at < to, in whole seconds: a range of ids. */
  | { kind: 'start'; from: number; to: number }
  /**
   * `within` is a wider condition that an index serves. `endedFrom`: only tasks that ended, or were last heard of, at that
   * second or later. `longerThan`: seconds.
   */
  | {
      kind: 'sql';
      sql: RawBuilder<unknown>;
      implies?: Implies;
      within?: Condition;
      endedFrom?: number;
      longerThan?: number;
    };

export const TRUE: Condition = { kind: 'true' };
export const FALSE: Condition = { kind: 'false' };

const nullable = (column: IdColumn): boolean => column === 'guest_id' || column === 'exit_id';

const DICTIONARY = {
  node_id: 'node',
  label_id: 'label',
  actor_id: 'actor',
  guest_id: 'guest',
  exit_id: 'exit',
} as const satisfies Record<IdColumn, keyof Dictionaries>;

/** The entries that fit; with `negate` all others, and tasks that have none. */
export function idsOf<C extends IdColumn>(
  dictionaries: Dictionaries,
  column: C,
  fits: (entry: Entry<Entries[C]>) => boolean,
  negate = false,
): Condition {
  // TypeScript cannot follow the column to its dictionary.
  const dictionary = dictionaries[DICTIONARY[column]] as unknown as Dictionary<Entries[C]>;
  const ids = new Set<number>();
  const all: number[] = [];
  for (const entry of dictionary.entries) {
    all.push(entry.id);
    if (fits(entry) !== negate) ids.add(entry.id);
  }
  const implies = column === 'exit_id' && !negate && isBadEnd(dictionaries, ids) ? 'attention' : undefined;
  return simpleIds({ kind: 'ids', column, ids, orNull: negate && nullable(column), all, implies });
}

/** Only the exit status OK is a success. */
const isBadEnd = ({ exit }: Dictionaries, ids: ReadonlySet<number>): boolean => !ids.has(exit.find('OK')?.id ?? 0);

function simpleIds(leaf: Extract<Condition, { kind: 'ids' }>): Condition {
  if (leaf.ids.size === 0 && !leaf.orNull) return FALSE;
  if (leaf.ids.size === leaf.all.length && (leaf.orNull || !nullable(leaf.column))) return TRUE;
  return leaf;
}

export function codesOf(column: CodeColumn, count: number, codes: Iterable<number>, negate: boolean): Condition {
  const all = Array.from({ length: count }, (_, code) => code);
  const given = new Set(codes);
  return simpleCodes({ kind: 'codes', column, codes: new Set(all.filter((code) => given.has(code) !== negate)), all });
}

function simpleCodes(leaf: Extract<Condition, { kind: 'codes' }>): Condition {
  if (leaf.codes.size === 0) return FALSE;
  return leaf.codes.size === leaf.all.length ? TRUE : leaf;
}

const EARLIEST = 0;
const LATEST = 2 ** 32; // a UPID's start has eight hex digits

/** from <= started_at < to; a range that holds nothing is false. */
export function startOf(from: number, to: number): Condition {
  const start = Math.max(Math.ceil(from), EARLIEST);
  const end = Math.min(Math.ceil(to), LATEST);
  if (start >= end) return FALSE;
  return start === EARLIEST && end === LATEST ? TRUE : { kind: 'start', from: start, to: end };
}

export const allOf = (parts: readonly Condition[]): Condition => join('and', parts);
export const anyOf = (parts: readonly Condition[]): Condition => join('or', parts);

function join(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const [neutral, deciding] = kind === 'and' ? (['true', 'false'] as const) : (['false', 'true'] as const);
  const of: Condition[] = [];
  for (const part of parts.flatMap((each) => (each.kind === kind ? each.of : [each]))) {
    if (part.kind === deciding) return { kind: deciding };
    if (part.kind === neutral) continue;
    const same = of.findIndex((other) => merges(other, part));
    const merged = same < 0 ? part : merge(kind, of[same] ?? part, part);
    if (merged.kind === deciding) return { kind: deciding };
    if (same >= 0) of.splice(same, 1);
    if (merged.kind !== neutral) of.push(merged);
  }
  if (of.length === 0) return { kind: neutral };
  return of.length === 1 && of[0] ? of[0] : { kind, of };
}

const merges = (a: Condition, b: Condition): boolean =>
  (a.kind === 'ids' && b.kind === 'ids' && a.column === b.column) ||
  (a.kind === 'codes' && b.kind === 'codes' && a.column === b.column);

function merge(kind: 'and' | 'or', a: Condition, b: Condition): Condition {
  if (a.kind === 'ids' && b.kind === 'ids') {
    const ids = combine(kind, a.ids, b.ids);
    const orNull = kind === 'and' ? a.orNull && b.orNull : a.orNull || b.orNull;
    const implies = kind === 'and' ? (a.implies ?? b.implies) : a.implies && b.implies;
    return simpleIds({ ...a, ids, orNull, implies });
  }
  if (a.kind === 'codes' && b.kind === 'codes') {
    return simpleCodes({ ...a, codes: combine(kind, a.codes, b.codes) });
  }
  return b;
}

const combine = (kind: 'and' | 'or', a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> =>
  new Set(kind === 'and' ? [...a].filter((id) => b.has(id)) : [...a, ...b]);

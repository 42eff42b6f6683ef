import type { RESULTS, STATES } from '@/lib/domain/task-result';

/** Fields whose values are text that a comparison can look into. `tag` is true when any tag fits. */
export type TextField =
  | 'label'
  | 'action'
  | 'node'
  | 'cluster'
  | 'realm'
  | 'token'
  | 'guest'
  | 'tag'
  | 'pool'
  | 'id'
  | 'upid'
  | 'exitstatus'
  | 'parent_task_id';
export type SetField = 'state' | 'result' | 'family';
/** Whole numbers; times are epoch seconds, durations seconds, running tasks counting up to now. */
export type RangeField = 'vmid' | 'pid' | 'started_at' | 'ended_at' | 'state_updated_at' | 'duration';
export type FieldName = TextField | SetField | RangeField | 'user' | 'log';

/**
 * A wildcard pattern: the pieces between the wildcards, in order. One piece without wildcards at the ends means
 * "contains"; with any wildcard it is anchored at both ends: `qm*` is ['qm', ''], `*dump*` is ['', 'dump', '']. Pieces
 * come without their case, as match.ts takes it away.
 */
export type Pattern = { readonly anchored: boolean; readonly pieces: readonly string[] };

export type TextTest =
  | { how: 'equal'; value: string }
  /** Ignores case. */
  | { how: 'like'; pattern: Pattern }
  /** Contains these digits, not next to another digit. */
  | { how: 'number'; digits: string }
  /** Begins so, exactly (a bare word that is the start of a UPID). */
  | { how: 'prefix'; value: string };

/** Comparison rules of search-language 5.2: the name before the last `@`, `name@realm`, or with the token. */
export type UserTest =
  | { how: 'name'; value: string }
  | { how: 'user'; value: string }
  | { how: 'userWithToken'; value: string }
  | { how: 'like'; withToken: boolean; pattern: Pattern }
  | { how: 'number'; digits: string }
  /** The viewer's own user in each cluster (product rule 4). */
  | { how: 'current' };

/**
 * A query ready to be run: names resolved, values parsed, relative times made absolute, words spread over the default
 * fields. Each leaf is true or false; a leaf over a missing value is false also when `not` is set, so SQL and memory need
 * no third value, and `not` around it makes it true (search-language 4.3).
 */
export type BoundQuery =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'and' | 'or'; of: readonly BoundQuery[] }
  | { kind: 'not'; of: BoundQuery }
  /** True when the value is there and (any test fits) differs from `not`. */
  | { kind: 'text'; field: TextField; not: boolean; any: readonly TextTest[] }
  | { kind: 'user'; not: boolean; any: readonly UserTest[] }
  /** `values` are canonical; a pattern on a set is already spread into the values it fits. */
  | { kind: 'state'; not: boolean; values: readonly (typeof STATES)[number][] }
  | { kind: 'result'; not: boolean; values: readonly (typeof RESULTS)[number][] }
  | { kind: 'family'; not: boolean; values: readonly string[] }
  /** from <= value < to, either open; the value is missing: false. */
  | { kind: 'range'; field: RangeField; not: boolean; from?: number; to?: number }
  | { kind: 'oneOf'; field: 'vmid' | 'pid'; not: boolean; values: readonly number[] }
  /** The value is there; with `not`, it is missing. */
  | { kind: 'present'; field: FieldName; not: boolean }
  | { kind: 'log'; not: boolean; pattern: Pattern };

/** Fields a list can be ordered by: all but log, tag and family (search-language 9). */
export type OrderField = Exclude<FieldName, 'log' | 'tag' | 'family'>;
export type Order = { field: OrderField; descending: boolean };

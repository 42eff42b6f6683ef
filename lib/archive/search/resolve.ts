import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { Dictionaries } from '@/lib/archive/dictionaries';
import type { Guard } from '@/lib/archive/guard';
import { LOG_KEPT, RESULT_CODES, resultCode, STATE_CODES, stateCode } from '@/lib/archive/schema';
import { AppError } from '@/lib/domain/errors';
import type { BoundQuery, FieldName, RangeField } from '@/lib/domain/search/bound';
import type { EpochSeconds } from '@/lib/domain/time';
import { allOf, anyOf, type Condition, codesOf, FALSE, type Implies, idsOf, startOf, TRUE } from './condition';
import * as expressions from './expressions';
import type { ObjectIndex } from './object-index';
import { resolveText } from './resolve-text';
import { resolveUser } from './resolve-user';

/** What a query needs to become columns. */
export type Scope = {
  dictionaries: Dictionaries;
  objects: ObjectIndex;
  guard: Guard;
  now: EpochSeconds;
  dialect: Dialect;
};

type Leaf = Exclude<BoundQuery, { kind: 'and' | 'or' | 'not' }>;

/**
 * Resolves a query for one viewer. What the guard hides of a guest is missing here too, so a search cannot find it.
 * A leaf over a missing value is false, `not` around it true: with `negate` the leaf's own complement is given.
 */
export function resolve(scope: Scope, query: BoundQuery, negate = false): Condition {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const parts = query.of.map((part) => resolve(scope, part, negate));
      return (query.kind === 'and') !== negate ? allOf(parts) : anyOf(parts);
    }
    case 'not':
      return resolve(scope, query.of, !negate);
    default:
      return resolveLeaf(scope, query, negate);
  }
}

function resolveLeaf(scope: Scope, leaf: Leaf, negate: boolean): Condition {
  switch (leaf.kind) {
    case 'all':
      return negate ? FALSE : TRUE;
    case 'none':
      return negate ? TRUE : FALSE;
    case 'text':
      return resolveText(scope, leaf, negate);
    case 'user':
      return resolveUser(scope, leaf, negate);
    case 'state': // a planned run is never kept, so `scheduled` has no code
      return codesOf('state', STATE_CODES.length, leaf.values.map(stateCode), leaf.not !== negate);
    case 'result':
      return codesOf('result', RESULT_CODES.length, leaf.values.map(resultCode), leaf.not !== negate);
    case 'family':
      return idsOf(scope.dictionaries, 'label_id', (l) => leaf.values.includes(l.family) !== leaf.not, negate);
    case 'range': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = leaf;
      return resolveRange(scope, leaf.field, { from, to, not: leaf.not }, negate);
    }
    case 'oneOf': {
      const values = new Set(leaf.values);
      if (leaf.field === 'vmid')
        return idsOf(scope.dictionaries, 'guest_id', (guest) => values.has(guest.vmid) !== leaf.not, negate);
      if (values.size === 0) return leaf.not !== negate ? TRUE : FALSE;
      const fits = sql`task.pid in (${sql.join([...values])})`;
      return { kind: 'sql', sql: leaf.not !== negate ? sql`not ${fits}` : fits };
    }
    case 'present':
      return resolvePresent(scope, leaf.field, leaf.not !== negate);
    case 'log':
      throw new AppError('not_supported', 'Searching in log lines is not possible yet. Leave the log condition out.');
  }
}

type Span = { from: number; to: number; not: boolean };

function resolveRange(scope: Scope, field: RangeField, span: Span, negate: boolean): Condition {
  const { from, to, not } = span;
  const outside = not !== negate;
  switch (field) {
    case 'started_at':
      return outside ? anyOf([startOf(-Infinity, from), startOf(to, Infinity)]) : startOf(from, to);
    case 'vmid':
      return idsOf(scope.dictionaries, 'guest_id', ({ vmid }) => (vmid >= from && vmid < to) !== not, negate);
    case 'pid':
      return within(sql`task.pid`, span, negate);
    case 'state_updated_at':
      return within(expressions.updated, span, negate, outside ? {} : { endedFrom: from });
    case 'duration':
      return within(expressions.duration(scope.now), span, negate, outside ? {} : { longerThan: from });
    case 'ended_at': {
      const missing: Condition = { kind: 'sql', sql: sql`task.dur is null`, implies: 'open' };
      const there = within(expressions.ended, span, negate, outside ? {} : { endedFrom: from });
      return negate ? anyOf([missing, there]) : allOf([{ kind: 'sql', sql: sql`task.dur is not null` }, there]);
    }
  }
}

/** from <= value < to, or not, for a value that is there; values are whole, so bounds are rounded up. */
function within(
  value: Sql,
  { from, to, not }: Span,
  negate: boolean,
  hint: { endedFrom?: number; longerThan?: number } = {},
): Condition {
  const bounds = [
    ...(Number.isFinite(from) ? [sql`${value} >= ${Math.ceil(from)}`] : []),
    ...(Number.isFinite(to) ? [sql`${value} < ${Math.ceil(to)}`] : []),
  ];
  if (from === Infinity || to === -Infinity) return not !== negate ? TRUE : FALSE;
  if (bounds.length === 0) return not !== negate ? FALSE : TRUE;
  const inside = sql`(${sql.join(bounds, sql` and `)})`;
  if (not !== negate) return { kind: 'sql', sql: sql`not ${inside}` };
  return { kind: 'sql', sql: inside, ...finite(hint) };
}

const finite = (hint: { endedFrom?: number; longerThan?: number }) =>
  Object.fromEntries(Object.entries(hint).filter(([, value]) => Number.isFinite(value)));

/** Whether the task has a value there; `absent` asks for those that have none. */
function resolvePresent(scope: Scope, field: FieldName, absent: boolean): Condition {
  const { dictionaries, guard } = scope;
  const columnIs = (there: Sql, missing: Sql, implies?: Implies): Condition =>
    absent ? { kind: 'sql', sql: missing, ...(implies ? { implies } : {}) } : { kind: 'sql', sql: there };
  switch (field) {
    case 'ended_at':
      return columnIs(sql`task.dur is not null`, sql`task.dur is null`, 'open');
    case 'id':
      return columnIs(sql`task.object <> ''`, sql`task.object = ''`);
    case 'parent_task_id':
      return columnIs(sql`${expressions.parent} <> ''`, sql`${expressions.parent} = ''`);
    case 'log':
      return columnIs(sql`task.log_state = ${sql.lit(LOG_KEPT)}`, sql`task.log_state <> ${sql.lit(LOG_KEPT)}`);
    case 'realm':
      return idsOf(dictionaries, 'actor_id', (actor) => actor.realm !== '', absent);
    case 'token':
      return idsOf(dictionaries, 'actor_id', (actor) => actor.token !== null, absent);
    case 'exitstatus':
      return idsOf(dictionaries, 'exit_id', (exit) => exit.text !== '', absent);
    case 'vmid':
      return idsOf(dictionaries, 'guest_id', () => true, absent);
    case 'guest':
      return idsOf(dictionaries, 'guest_id', (guest) => Boolean(guest.name) && guard.seesGuest(guest), absent);
    case 'tag':
      return idsOf(dictionaries, 'guest_id', (guest) => guest.tags.length > 0 && guard.seesGuest(guest), absent);
    case 'pool':
      return idsOf(dictionaries, 'guest_id', (guest) => Boolean(guest.pool) && guard.seesGuest(guest), absent);
    default: // every task has the others
      return absent ? FALSE : TRUE;
  }
}

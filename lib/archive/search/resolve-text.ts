import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { BoundQuery, TextTest } from '@/lib/domain/search/bound';
import { parseUpid } from '@/lib/domain/upid';
import { allOf, anyOf, type Condition, FALSE, idsOf, TRUE } from './condition';
import * as expressions from './expressions';
import type { Scope } from './resolve';
import { textTestFits } from './text-test';

type TextLeaf = Extract<BoundQuery, { kind: 'text' }>;

/** Conditions on text run over the dictionaries here; only the few texts that stand with each task are left to SQL. */
export function resolveText(scope: Scope, leaf: TextLeaf, negate: boolean): Condition {
  const { dictionaries, objects, guard, dialect } = scope;
  // True when the value is there and (any test fits) differs from `not`.
  const is = (text: string | null): boolean =>
    Boolean(text) && leaf.any.some((test) => textTestFits(test, text ?? '')) !== leaf.not;
  switch (leaf.field) {
    case 'label':
      return idsOf(dictionaries, 'label_id', (label) => is(label.label), negate);
    case 'action':
      return objects.resolveSentence(scope, leaf.any, leaf.not !== negate); // every task has one
    case 'node':
      return idsOf(dictionaries, 'node_id', (node) => is(node.name), negate);
    case 'cluster':
      return idsOf(dictionaries, 'node_id', (node) => is(node.cluster), negate);
    case 'realm':
      return idsOf(dictionaries, 'actor_id', (actor) => is(actor.realm), negate);
    case 'token':
      return idsOf(dictionaries, 'actor_id', (actor) => is(actor.token), negate);
    case 'exitstatus':
      return idsOf(dictionaries, 'exit_id', (exit) => is(exit.text), negate);
    case 'guest':
      return idsOf(dictionaries, 'guest_id', (guest) => guard.seesGuest(guest) && is(guest.name), negate);
    case 'pool':
      return idsOf(dictionaries, 'guest_id', (guest) => guard.seesGuest(guest) && is(guest.pool), negate);
    case 'tag': {
      const anyFits = (tags: readonly string[]) =>
        tags.some((tag) => leaf.any.some((test) => textTestFits(test, tag))) !== leaf.not;
      return idsOf(
        dictionaries,
        'guest_id',
        (guest) => guard.seesGuest(guest) && guest.tags.length > 0 && anyFits(guest.tags),
        negate,
      );
    }
    case 'id':
      if (!leaf.not) return objects.resolveObject(scope, leaf.any, negate);
      return negate
        ? anyOf([{ kind: 'sql', sql: sql`task.object = ''` }, objects.resolveObject(scope, leaf.any, false)])
        : allOf([{ kind: 'sql', sql: sql`task.object <> ''` }, objects.resolveObject(scope, leaf.any, true)]);
    case 'parent_task_id':
      return written(expressions.parent, leaf, negate, dialect);
    case 'upid':
      return leaf.not || negate
        ? written(expressions.upid(dialect), leaf, negate, dialect)
        : anyOf(leaf.any.map((test) => upidFits(test, dialect)));
  }
}

/** A UPID names its second, so that only the few rows of it are looked at. */
function upidFits(test: TextTest, dialect: Dialect): Condition {
  const fit: Condition = { kind: 'sql', sql: expressions.textFits(expressions.upid(dialect), [test], dialect) };
  const parsed = test.how === 'equal' ? parseUpid(test.value) : undefined;
  if (!parsed) return fit;
  return allOf([{ kind: 'start', from: parsed.startTime, to: parsed.startTime + 1 }, fit]);
}

/** A text that stands with the task itself; the expression is never null, empty means missing. */
function written(text: Sql, leaf: TextLeaf, negate: boolean, dialect: Dialect): Condition {
  // A constant in the text of a statement could make SQLite refuse the index that was chosen for it.
  if (leaf.any.length === 0 && !leaf.not) return negate ? TRUE : FALSE;
  if (leaf.any.length === 0) return { kind: 'sql', sql: negate ? sql`${text} = ''` : sql`${text} <> ''` };
  const fit = expressions.textFits(text, leaf.any, dialect);
  const is = sql`(${text} <> '' and ${leaf.not ? sql`not ${fit}` : fit})`;
  return { kind: 'sql', sql: negate ? sql`not ${is}` : is };
}

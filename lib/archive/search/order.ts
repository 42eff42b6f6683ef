import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { Dictionaries } from '@/lib/archive/dictionaries';
import type { Guard } from '@/lib/archive/guard';
import { RESULT_CODES, STATE_CODES } from '@/lib/archive/schema';
import { AppError } from '@/lib/domain/errors';
import type { Order, OrderField } from '@/lib/domain/search/bound';
import type { EpochSeconds } from '@/lib/domain/time';
import { idsOf } from './condition';
import { emit } from './emit';
import * as expressions from './expressions';

/** What a sort key is made with. */
type Known = { dictionaries: Dictionaries; guard: Guard; now: EpochSeconds; dialect: Dialect };

/** What a field sorts by; null for the start, which is the key itself. A hidden guest sorts as a missing one. */
export function sortKey(field: OrderField, { dictionaries, guard, now, dialect }: Known): Sql | null {
  const texts = textKey(field, dictionaries, guard, dialect);
  if (texts) return dialect.byBytes(texts);
  switch (field) {
    case 'started_at':
      return null;
    case 'ended_at':
      return expressions.ended;
    case 'state_updated_at':
      return expressions.updated;
    case 'duration':
      return expressions.duration(now);
    case 'pid':
      return sql`task.pid`;
    case 'vmid':
      return sql`(select vmid from guest where guest.id = task.guest_id)`;
    default:
      return null;
  }
}

function textKey(field: OrderField, dictionaries: Dictionaries, guard: Guard, dialect: Dialect): Sql | null {
  switch (field) {
    case 'id':
      return sql`nullif(task.object, '')`;
    case 'upid':
      return expressions.upid(dialect);
    case 'parent_task_id':
      return sql`nullif(${expressions.parent}, '')`;
    case 'action':
      return expressions.action(dictionaries);
    case 'state':
      return named('state', STATE_CODES);
    case 'result':
      return named('result', RESULT_CODES);
    case 'label':
      return sql`(select label from label where label.id = task.label_id)`;
    case 'node':
      return sql`(select name from node where node.id = task.node_id)`;
    case 'cluster':
      return sql`(select cluster from node where node.id = task.node_id)`;
    case 'user':
      return sql`(select "user" from actor where actor.id = task.actor_id)`;
    case 'realm':
      return sql`(select nullif(realm, '') from actor where actor.id = task.actor_id)`;
    case 'token':
      return sql`(select token from actor where actor.id = task.actor_id)`;
    case 'exitstatus':
      return sql`(select nullif(text, '') from exit where exit.id = task.exit_id)`;
    case 'guest':
    case 'pool': {
      const seen = emit(
        idsOf(dictionaries, 'guest_id', (guest) => guard.seesGuest(guest)),
        dialect,
      );
      const column = sql.ref(field === 'guest' ? 'name' : 'pool');
      return sql`case when ${seen} then (select nullif(${column}, '') from guest where guest.id = task.guest_id) end`;
    }
    default:
      return null;
  }
}

const named = (column: 'state' | 'result', names: readonly string[]): Sql =>
  sql`(case ${sql.ref(`task.${column}`)} ${sql.join(
    names.map((name, code) => sql`when ${sql.lit(code)} then ${sql.lit(name)}`),
    sql` `,
  )} end)`;

/**
 * Where a page ended. `key` is the last row's value (absent when ordered by start), `id` its archive id, `now` the second
 * at which running tasks were measured for the first page, so that their order stands still.
 */
export type Cursor = { order: Order; key: string | number | null; id: number; now: EpochSeconds };

export const writeCursor = ({ order, key, id, now }: Cursor): string =>
  Buffer.from(JSON.stringify([order.field, order.descending, key, id, now])).toString('base64url');

/** Throws `bad_request` for a text that is no cursor of this order. */
export function readCursor(text: string, order: Order): Cursor {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    parts = undefined;
  }
  if (Array.isArray(parts) && parts.length === 5 && parts[0] === order.field && parts[1] === order.descending) {
    const [, , key, id, now]: unknown[] = parts;
    const isKey = key === null || typeof key === 'string' || typeof key === 'number';
    if (isKey && Number.isSafeInteger(id) && Number.isSafeInteger(now)) {
      return { order, key, id: Number(id), now: Number(now) as EpochSeconds };
    }
  }
  throw new AppError('bad_request', 'The cursor does not belong to this list. Start again without one.', {
    details: { issues: ['cursor'] },
  });
}

/**
 * Rows after a cursor. By start the ids decide, in the list's own direction; by another field ties come newest first in
 * either direction. A missing value is the least one, which is the search language's rule.
 */
export function after({ order, key, id }: Cursor, value: Sql | null, dialect: Dialect): Sql {
  if (value === null) return order.descending ? sql`task.id < ${id}` : sql`task.id > ${id}`;
  const older = sql`${dialect.quiet(sql`task.id`)} < ${id}`;
  if (key === null) {
    const tie = sql`(${value} is null and ${older})`;
    return order.descending ? tie : sql`(${tie} or ${value} is not null)`;
  }
  const tie = sql`(${value} = ${key} and ${older})`;
  return order.descending ? sql`(${value} < ${key} or ${value} is null or ${tie})` : sql`(${value} > ${key} or ${tie})`;
}

import { sql } from 'kysely';
import { PER_SECOND } from '@/lib/archive/schema';
import type { Condition, IdColumn } from './condition';
import type { Sql } from './expressions';

const MANY = 200;

/**
 * A condition as SQL. Columns carry a unary plus, so that no index is chosen for their sake: which one drives is the
 * access path's decision (the planner gets mixed filters wrong even with statistics).
 */
export function emit(condition: Condition): Sql {
  switch (condition.kind) {
    case 'true':
      return sql`1`;
    case 'false':
      return sql`0`;
    case 'and':
      return sql`(${sql.join(condition.of.map(emit), sql` and `)})`;
    case 'or':
      return sql`(${sql.join(condition.of.map(emit), sql` or `)})`;
    case 'ids':
      return emitIds(condition);
    case 'codes':
      // What has not ended has no duration, which stands in the index, as the state does not.
      if (condition.column === 'state' && !condition.codes.has(0)) {
        return sql`(+task.dur is null and +task.state in (${sql.join([...condition.codes])}))`;
      }
      return sql`+${sql.ref(`task.${condition.column}`)} in (${sql.join([...condition.codes])})`;
    case 'start':
      return sql`(+task.id >= ${condition.from * PER_SECOND} and +task.id < ${condition.to * PER_SECOND})`;
    case 'sql':
      return condition.sql;
  }
}

function emitIds({ column, ids, orNull, all }: Extract<Condition, { kind: 'ids' }>): Sql {
  const ref = sql`+${sql.ref(`task.${column}`)}`;
  if (ids.size === 0) return sql`${ref} is null`;
  const others = all.filter((id) => !ids.has(id));
  // Whichever list is shorter; a null is in neither.
  if (others.length < ids.size) {
    const rest = others.length === 0 ? sql`${ref} is not null` : sql`${ref} not in ${idList(others)}`;
    return orNull ? sql`(${ref} is null or ${rest})` : sql`(${ref} is not null and ${rest})`;
  }
  const found = sql`${ref} in ${idList([...ids])}`;
  return orNull ? sql`(${ref} is null or ${found})` : found;
}

/** A long list goes as one parameter: SQLite binds no more than 32,766. */
export const idList = (ids: readonly number[]): Sql =>
  ids.length > MANY ? sql`(select value from json_each(${JSON.stringify(ids)}))` : sql`(${sql.join(ids)})`;

export const columnRef = (column: IdColumn): Sql => sql.ref(`task.${column}`);

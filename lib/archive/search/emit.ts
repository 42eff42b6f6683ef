import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import { PER_SECOND } from '@/lib/archive/schema';
import type { Condition, IdColumn } from './condition';

/**
 * A condition as SQL. Its columns are quiet, so that no index is chosen for their sake: which one drives is the access
 * path's decision (SQLite's planner gets mixed filters wrong even with statistics).
 */
export function emit(condition: Condition, dialect: Dialect): Sql {
  const column = (name: string): Sql => dialect.quiet(sql.ref(`task.${name}`));
  const inner = (part: Condition): Sql => emit(part, dialect);
  switch (condition.kind) {
    case 'true':
      return sql`true`;
    case 'false':
      return sql`false`;
    case 'and':
      return sql`(${sql.join(condition.of.map(inner), sql` and `)})`;
    case 'or':
      return sql`(${sql.join(condition.of.map(inner), sql` or `)})`;
    case 'ids':
      return emitIds(condition, dialect);
    case 'codes':
      // What has not ended has no duration, which stands in the index, as the state does not.
      if (condition.column === 'state' && !condition.codes.has(0)) {
        return sql`(${column('dur')} is null and ${column('state')} in (${sql.join([...condition.codes])}))`;
      }
      return sql`${column(condition.column)} in (${sql.join([...condition.codes])})`;
    case 'start':
      return sql`(${column('id')} >= ${condition.from * PER_SECOND} and ${column('id')} < ${condition.to * PER_SECOND})`;
    case 'sql':
      return condition.sql;
  }
}

function emitIds({ column, ids, orNull, all }: Extract<Condition, { kind: 'ids' }>, dialect: Dialect): Sql {
  const ref = dialect.quiet(columnRef(column));
  if (ids.size === 0) return sql`${ref} is null`;
  const others = all.filter((id) => !ids.has(id));
  // Whichever list is shorter; a null is in neither.
  if (others.length < ids.size) {
    const rest = others.length === 0 ? sql`${ref} is not null` : dialect.isNoneOf(ref, others);
    return orNull ? sql`(${ref} is null or ${rest})` : sql`(${ref} is not null and ${rest})`;
  }
  const found = dialect.isOneOf(ref, [...ids]);
  return orNull ? sql`(${ref} is null or ${found})` : found;
}

export const columnRef = (column: IdColumn): Sql => sql.ref(`task.${column}`);

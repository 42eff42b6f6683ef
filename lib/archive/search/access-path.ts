import { sql } from 'kysely';
import type { Dialect, Sql, TaskIndex } from '@/lib/archive/dialect';
import { PER_SECOND } from '@/lib/archive/schema';
import type { Statistics } from '@/lib/archive/statistics';
import type { Condition, IdColumn } from './condition';
import { columnRef } from './emit';

/** One way into the table. `index: null` walks the key. `where` holds what the index needs to be entered. */
export type Branch = { index: TaskIndex | null; where: readonly Sql[]; inOrder: boolean };
/** Ways into the table that together meet every hit, each once when `apart`, and about how many rows they meet. */
export type Path = { branches: readonly Branch[]; rows: number; apart: boolean };

/** What the choice is made by. */
type Known = { statistics: Statistics; dialect: Dialect };

const INDEX = { label_id: 'task_label', node_id: 'task_node', actor_id: 'task_actor', guest_id: 'task_guest' } as const;
const MOST_BRANCHES = 48;
const LONG = 600; // seconds, the literal of the partial index task_long

// Literals, not parameters: a database takes a partial index only when the text itself implies its condition.
const attention = sql`task.result<>1`;
const long = sql`task.dur>=600`;
const open = sql`task.dur is null`;

const walk = (where: readonly Sql[] = []): Branch => ({ index: null, where, inOrder: true });

/**
 * Decides how a search enters the table, because the planner gets mixed filters wrong even with statistics. The guard
 * drives only for a viewer who sees under 2 % of all tasks.
 */
export function choosePath(guard: Condition, query: Condition, { statistics, dialect }: Known): Path {
  const all = statistics.tasks;
  const found = bestPath(query, { statistics, dialect });
  const seen = guard.kind === 'true' ? undefined : bestPath(guard, { statistics, dialect });
  const narrow = seen && seen.rows < all / 50 ? seen : undefined;
  const best = narrow && (!found || narrow.rows < found.rows) ? narrow : found;
  // What meets most tasks in many branches, or must sort what it meets, is slower than the key, which is in order.
  const sorts = best?.branches.some((branch) => !branch.inOrder) ?? false;
  const wide = best && best.branches.length > 1 && best.rows * best.branches.length > all;
  if (!best || wide || (sorts && best.rows > all / 20)) return { branches: [walk()], rows: all, apart: true };
  return best;
}

function bestPath(condition: Condition, known: Known): Path | undefined {
  switch (condition.kind) {
    case 'and':
      return cheapest(condition.of.map((part) => bestPath(part, known)));
    case 'or':
      return cheapest([implied(condition, known), together(condition.of.map((part) => bestPath(part, known)))]);
    case 'ids':
      if (condition.column === 'exit_id') return implied(condition, known);
      return condition.orNull ? undefined : byIndex(condition.column, [...condition.ids], known);
    case 'sql':
      return cheapest([
        implied(condition, known),
        condition.within && bestPath(condition.within, known),
        byEnd(condition, known),
        byLength(condition, known),
      ]);
    case 'codes':
      return implied(condition, known);
    case 'start':
      return undefined; // a range of the key bounds every path anyway
    case 'true':
    case 'false':
      return undefined;
  }
}

function cheapest(paths: readonly (Path | undefined)[]): Path | undefined {
  return paths.reduce((best, path) => (path && (!best || path.rows < best.rows) ? path : best), undefined);
}

function together(paths: readonly (Path | undefined)[]): Path | undefined {
  const branches: Branch[] = [];
  let rows = 0;
  for (const path of paths) {
    if (!path) return undefined;
    branches.push(...path.branches);
    rows += path.rows;
  }
  return branches.length > MOST_BRANCHES ? undefined : { branches, rows, apart: branches.length === 1 };
}

function byIndex(column: Exclude<IdColumn, 'exit_id'>, ids: readonly number[], { statistics, dialect }: Known): Path {
  const rows = ids.reduce((sum, id) => sum + statistics.count(column, id), 0);
  const index = INDEX[column];
  if (ids.length > MOST_BRANCHES) {
    return {
      branches: [{ index, where: [dialect.isOneOf(columnRef(column), ids)], inOrder: false }],
      rows,
      apart: true,
    };
  }
  return {
    branches: ids.map((id) => ({ index, where: [sql`${columnRef(column)} = ${id}`], inOrder: true })),
    rows,
    apart: true,
  };
}

/** The partial indexes of what has not ended, and of what is no success. */
function implied(condition: Condition, { statistics }: Known): Path | undefined {
  if (implies(condition, 'open')) {
    return { branches: [{ index: 'task_open', where: [open], inOrder: true }], rows: statistics.open, apart: true };
  }
  if (!implies(condition, 'attention')) return undefined;
  return {
    branches: [{ index: 'task_attn', where: [attention], inOrder: true }],
    rows: statistics.attention,
    apart: true,
  };
}

function implies(condition: Condition, what: 'open' | 'attention'): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.some((part) => implies(part, what));
    case 'or':
      return condition.of.every((part) => implies(part, what));
    case 'codes': // state 0 is stopped; result 0 is pending, 1 success; what has no end is pending
      if (condition.column === 'state') return !condition.codes.has(0);
      return what === 'open' ? condition.codes.size === 1 && condition.codes.has(0) : !condition.codes.has(1);
    case 'ids':
    case 'sql':
      return condition.implies === 'open' || (condition.implies === 'attention' && what === 'attention');
    default:
      return false;
  }
}

/** What ended since a second started at most ten minutes before it, or is among the few that took longer. */
function byEnd(condition: Extract<Condition, { kind: 'sql' }>, { statistics }: Known): Path | undefined {
  if (condition.endedFrom === undefined) return undefined;
  const key = Math.max(condition.endedFrom - LONG, 0) * PER_SECOND;
  const branches: Branch[] = [
    walk([sql`task.id >= ${key}`]),
    { index: 'task_long', where: [long, sql`task.id < ${key}`], inOrder: true },
  ];
  return { branches, rows: statistics.long + statistics.tasks / 100, apart: true };
}

function byLength(condition: Extract<Condition, { kind: 'sql' }>, { statistics }: Known): Path | undefined {
  if (condition.longerThan === undefined || condition.longerThan < LONG) return undefined;
  const branches: Branch[] = [
    { index: 'task_long', where: [long], inOrder: true },
    { index: 'task_open', where: [open], inOrder: true },
  ];
  return { branches, rows: statistics.long + statistics.open, apart: true };
}

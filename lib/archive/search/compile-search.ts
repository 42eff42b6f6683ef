import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { Guard } from '@/lib/archive/guard';
import { PER_SECOND } from '@/lib/archive/schema';
import type { Statistics } from '@/lib/archive/statistics';
import type { BoundQuery } from '@/lib/domain/search/bound';
import { type Branch, choosePath, type Path } from './access-path';
import { allOf, type Condition } from './condition';
import { emit } from './emit';
import { resolve, type Scope } from './resolve';

/** A search of one viewer, resolved: what must hold, and how to enter the table. */
export type CompiledSearch = { condition: Condition; path: Path; dialect: Dialect };

/** Joins the guard to a query as a tree, and picks the access path. */
export function compileSearch(scope: Scope, guard: Guard, query: BoundQuery, statistics: Statistics): CompiledSearch {
  const asked = resolve(scope, query);
  const condition = allOf([guard.condition, asked]);
  return {
    condition,
    path: choosePath(guard.condition, asked, { statistics, dialect: scope.dialect }),
    dialect: scope.dialect,
  };
}

const COLUMNS = sql.raw(
  ['id', 'node_id', 'label_id', 'actor_id', 'state', 'result', 'dur', 'guest_id', 'object', 'exit_id', 'pid', 'pstart']
    .concat(['upid', 'log_state'])
    .map((column) => `task.${column}`)
    .join(', '),
);

/** A page of rows as they are kept, with `sort_key` when ordered by another field than the start. */
export type PageWish = {
  sortKey: Sql | null;
  descending: boolean;
  after: Sql | null;
  limit: number;
  offset: number;
};

/** One statement for a page: each branch in order and cut, then together in order and cut. */
export function pageQuery(search: CompiledSearch, wish: PageWish): Sql {
  const { path } = search;
  const direction = wish.descending ? sql`desc` : sql`asc`;
  const nulls = wish.descending ? sql`desc nulls last` : sql`asc nulls first`; // a missing value is the least
  const columns = wish.sortKey ? sql`${COLUMNS}, ${wish.sortKey} as sort_key` : COLUMNS;
  const order = wish.sortKey ? sql`sort_key ${nulls}, id desc` : sql`id ${direction}`;
  const upTo = wish.limit + wish.offset;
  const branches = path.branches.map(
    (branch) =>
      sql`select * from (select ${columns} from ${entered(branch, search)} where ${where(branch, search, wish.after)}
        order by ${order} limit ${upTo}) as branch`,
  );
  const rows = together(branches, path);
  return sql`select page.*, more.parent, more.stop_asked, more.stop_asked_by
    from (select * from (${rows}) as found order by ${order} limit ${wish.limit} offset ${wish.offset}) as page
    left join task_more as more on more.task_id = page.id
    order by ${wish.sortKey ? sql`page.sort_key ${nulls}, page.id desc` : sql`page.id ${direction}`}`;
}

/** Counts the hits, up to a limit. */
export function countQuery(search: CompiledSearch, limit: number): Sql {
  const { path } = search;
  const branches = path.branches.map(
    (branch) => sql`select task.id from ${entered(branch, search)} where ${where(branch, search, null)}`,
  );
  return sql`select count(*) as n from (${together(branches, path)} limit ${limit}) as found`;
}

/** One row of a count by several columns: the column's place in the list, its value, how many hits have it. */
export type GroupRow = { at: number; key: number | null; n: number };

/** Counts the hits by each of these columns in one reading, up to a limit, newest first where a branch is in order. */
export function groupQuery(search: CompiledSearch, columns: readonly Sql[], limit: number): Sql {
  const { path } = search;
  const kept = sql.join(columns.map((column, at) => sql`${column} as ${sql.ref(`key${at}`)}`));
  const branches = path.branches.map((branch) => {
    const rows = sql`select task.id, ${kept} from ${entered(branch, search)} where ${where(branch, search, null)}`;
    return branch.inOrder ? sql`select * from (${rows} order by task.id desc limit ${limit}) as branch` : rows;
  });
  const counts = columns.map((_, at) => {
    const key = sql.ref(`key${at}`);
    return sql`select ${sql.lit(at)} as at, ${key} as key, count(*) as n from hit group by ${key}`;
  });
  return sql`with hit as materialized (select * from (${together(branches, path)}) as found limit ${limit})
    ${sql.join(counts, sql` union all `)}`;
}

/** Counts all hits by a bucket and by result. */
export function histogramQuery(search: CompiledSearch, bucket: Sql): Sql {
  const { path } = search;
  const branches = path.branches.map(
    (branch) =>
      sql`select task.id, ${bucket} as bucket, task.result from ${entered(branch, search)}
        where ${where(branch, search, null)}`,
  );
  return sql`select bucket, result, count(*) as n from (${together(branches, path)}) as found
    group by bucket, result`;
}

/** `union` keeps a row that two branches meet once, but must see all of them first. */
const together = (branches: readonly Sql[], { apart }: Path): Sql =>
  sql`${sql.join(branches, apart ? sql` union all ` : sql` union `)}`;

const entered = (branch: Branch, { dialect }: CompiledSearch): Sql => dialect.task(branch.index);

function where(branch: Branch, { condition, dialect }: CompiledSearch, after: Sql | null): Sql {
  const parts = [...branch.where, ...keyRange(condition), ...(after ? [after] : [])];
  if (condition.kind !== 'true') parts.push(emit(condition, dialect));
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** The dates that every hit is within bound the walk, whatever the branch. */
function keyRange(condition: Condition): Sql[] {
  const parts = condition.kind === 'and' ? condition.of : [condition];
  return parts.flatMap((part) =>
    part.kind === 'start' ? [sql`task.id >= ${part.from * PER_SECOND}`, sql`task.id < ${part.to * PER_SECOND}`] : [],
  );
}

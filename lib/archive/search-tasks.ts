import { AppError } from '@/lib/domain/errors';
import type { BoundQuery } from '@/lib/domain/search/bound';
import type { Count, SearchAnswer, SearchRequest } from './archive';
import type { Core } from './core';
import { type Guard, guardOf } from './guard';
import { toTasks } from './read-tasks';
import { choosePath } from './search/access-path';
import { type CompiledSearch, compileSearch, countQuery, pageQuery } from './search/compile-search';
import { TRUE } from './search/condition';
import { after, readCursor, sortKey, writeCursor } from './search/order';
import { statementOf } from './statement';
import type { TaskRow } from './to-task';

const BY_PAGE = 10_000;
const COUNTED = 10_001;
const COUNTED_IN_INDEX = 200_000; // about ten milliseconds
const COUNTED_BY_ROWS = 20_000; // the same, when each row must be looked up

/** A page of the tasks that fit and that the viewer may see. Throws `bad_request` beyond 10,000 rows without a cursor. */
export async function searchTasks(core: Core, request: SearchRequest): Promise<SearchAnswer> {
  const { viewer, query, order, perPage, at } = request;
  const offset = 'page' in at ? (at.page - 1) * perPage : 0;
  if (offset + perPage > BY_PAGE) {
    throw new AppError('bad_request', `Pages reach ${BY_PAGE} rows deep. Go on with the cursor of the last page.`, {
      details: { issues: ['page'] },
    });
  }
  const cursor = 'cursor' in at ? readCursor(at.cursor, order) : undefined;
  if (mentionsObject(query)) await core.objects.load(core.database.reads);
  const guard = guardOf(core.dictionaries, viewer);
  const { dictionaries, objects } = core;
  const { dialect } = core.database;
  const scope = { dictionaries, objects, guard, now: request.now, dialect };
  const search = compileSearch(scope, guard, query, core.statistics);
  const now = cursor?.now ?? request.now;
  const key = sortKey(order.field, { ...scope, now });
  const page = pageQuery(search, {
    sortKey: key,
    descending: order.descending,
    after: cursor ? after(cursor, key, dialect) : null,
    limit: perPage + 1,
    offset,
  });
  const counting = countVisible(core, guard);
  const [rows, subtotal, total] = await Promise.all([
    search.condition.kind === 'false' ? [] : core.database.readRows<TaskRow>(statementOf(page)),
    query.kind === 'all' ? counting : countHits(core, search),
    counting,
  ]);
  const shown = rows.slice(0, perPage);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > perPage && last ? writeCursor({ order, key: last.sort_key ?? null, id: last.id, now }) : null;
  return { tasks: await toTasks(core, guard, shown), total, subtotal, nextCursor };
}

/** Whether a query asks about ids or sentences, for which the objects must be loaded. */
export const mentionsObject = (query: BoundQuery): boolean => {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.some(mentionsObject);
    case 'not':
      return mentionsObject(query.of);
    case 'text':
      return query.field === 'action' || query.field === 'id';
    default:
      return false;
  }
};

/** Exact where counters or an index serve, else up to 10,001. */
async function countHits(core: Core, search: CompiledSearch): Promise<Count> {
  const { condition, path } = search;
  const known = countedBy(core, search);
  if (known !== undefined) return { count: known, exact: true };
  if (condition.kind === 'false') return { count: 0, exact: true };
  const covered = path.branches.every((branch) => branch.index === 'task_attn');
  const most = covered ? COUNTED_IN_INDEX : COUNTED_BY_ROWS;
  const limit = path.rows <= most ? most + 1 : COUNTED;
  const [row] = await core.database.readRows<{ n: number }>(statementOf(countQuery(search, limit)));
  const count = row?.n ?? 0;
  return { count, exact: count < limit };
}

/** All tasks, or those of a few nodes, labels, users or guests, are counted already. */
export function countedBy({ statistics }: Core, { condition }: Pick<CompiledSearch, 'condition'>): number | undefined {
  if (condition.kind === 'true') return statistics.tasks;
  if (condition.kind !== 'ids' || condition.column === 'exit_id' || condition.orNull) return undefined;
  let sum = 0;
  for (const id of condition.ids) sum += statistics.count(condition.column, id);
  return sum;
}

/** All that the viewer may see: what the audited nodes have is counted already, what is their own is few. */
async function countVisible(core: Core, guard: Guard): Promise<Count> {
  let audited = 0;
  for (const node of guard.audited) audited += core.statistics.count('node_id', node);
  const { dialect } = core.database;
  const path = choosePath(TRUE, guard.own, { statistics: core.statistics, dialect });
  const own = await countHits(core, { condition: guard.own, path, dialect });
  return { count: audited + own.count, exact: own.exact };
}

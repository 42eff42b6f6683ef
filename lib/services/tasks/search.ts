import type { TaskListAnswer, TaskListRequest } from '@/lib/contract/task';
import { AppError } from '@/lib/domain/errors';
import { parseOrder, printOrder } from '@/lib/domain/search/order';
import type { Context } from '@/lib/services/context';
import { nowOf, toTaskAnswer } from './answer';
import { failuresOf } from './failures';
import { noticesOf, readSearch } from './read-search';

const BY_NUMBER = 10_000;

/**
 * A page of what a search finds for this viewer, out of the archive. Throws QueryError for a search or an order that
 * cannot be read, and `bad_request` beyond the first 10,000 rows by number.
 */
export async function searchTasks(ctx: Context, request: TaskListRequest): Promise<TaskListAnswer> {
  const { search, page, per_page, cursor, tz } = request;
  if (cursor === undefined && page * per_page > BY_NUMBER) {
    throw new AppError('bad_request', 'By number there are 10,000 rows. Go on with next_cursor.');
  }
  const read = readSearch(ctx, search, tz);
  const order = parseOrder(request.order);
  const found = await ctx.archive.searchTasks({
    viewer: ctx.viewer,
    query: read.bound,
    order,
    perPage: per_page,
    at: cursor === undefined ? { page } : { cursor },
    now: nowOf(ctx),
  });
  return {
    total: found.total.count,
    total_is_exact: found.total.exact,
    subtotal: found.subtotal.count,
    subtotal_is_exact: found.subtotal.exact,
    page,
    per_page,
    search: read.canonical,
    order: printOrder(order),
    next_cursor: found.nextCursor,
    notices: noticesOf(read),
    failures: failuresOf(ctx),
    results: found.tasks.map((task) => toTaskAnswer(ctx, task)),
  };
}

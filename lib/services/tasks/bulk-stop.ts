import { type BulkStopAnswer, type BulkStopRequest, MOST_STOPS } from '@/lib/contract/task-actions';
import { AppError, isAppError } from '@/lib/domain/errors';
import type { TaskRef } from '@/lib/domain/task';
import type { Context } from '@/lib/services/context';
import { nowOf } from './answer';
import { readSearch } from './read-search';
import { stopTask } from './stop';

// A node stops two at once anyway; more clusters may use the rest.
const AT_ONCE = 8;

type Result = BulkStopAnswer['results'][number];

/**
 * Stops the named tasks, or the running ones that a search written without mistakes finds, each as the viewer. One that
 * cannot be stopped is a row with its reason. Throws QueryError, and `bad_request` for more than 500.
 */
export async function bulkStop(ctx: Context, request: BulkStopRequest): Promise<BulkStopAnswer> {
  const refs = request.tasks ? distinct(request.tasks) : await runningOf(ctx, request.search ?? '');
  const results: Result[] = [];
  const waiting = refs.values();
  const work = async () => {
    for (const ref of waiting) results.push(await stopOne(ctx, ref));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const skipped = results.filter(({ error }) => error?.code === 'conflict').length;
  return { stopped: results.filter(({ ok }) => ok).length, skipped, results };
}

async function runningOf(ctx: Context, search: string): Promise<TaskRef[]> {
  const { bound } = readSearch(ctx, search, 'UTC', true);
  const { tasks, total, subtotal } = await ctx.archive.searchTasks({
    viewer: ctx.viewer,
    query: { kind: 'and', of: [bound, { kind: 'state', not: false, values: ['running'] }] },
    order: { field: 'started_at', descending: true },
    perPage: MOST_STOPS,
    at: { page: 1 },
    now: nowOf(ctx),
  });
  if (Math.min(total.count, subtotal.count) > MOST_STOPS) {
    throw new AppError('bad_request', `This finds more than ${MOST_STOPS} running tasks. Narrow it down.`);
  }
  return tasks;
}

async function stopOne(ctx: Context, { cluster, upid }: TaskRef): Promise<Result> {
  try {
    await stopTask(ctx, { cluster, upid });
    return { cluster, upid, ok: true, error: null };
  } catch (error) {
    if (!isAppError(error) || ctx.signal.aborted) throw error;
    return { cluster, upid, ok: false, error: { code: error.code, message: error.message } };
  }
}

const distinct = (refs: readonly TaskRef[]): TaskRef[] => [
  ...new Map(refs.map((ref) => [JSON.stringify([ref.cluster, ref.upid]), ref])).values(),
];

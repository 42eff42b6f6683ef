import type { TaskDetail } from '@/lib/contract/task';
import { causeReader } from '@/lib/domain/log/cause';
import { printValue } from '@/lib/domain/search/print';
import type { Task } from '@/lib/domain/task';
import { epochSeconds, isoTime } from '@/lib/domain/time';
import type { Context } from '@/lib/services/context';
import { nowOf } from './answer';
import { readSearch } from './read-search';

const PAGE_LINES = 5_000;
/** Beyond it one would wait for the page: 50,000 lines are read in some 50 ms. */
const MOST_LINES = 50_000;
const WEEK_S = 7 * 86_400;

/** Why a task failed, by its kept log; null when it did not, or the log does not say. `similar`: how many failed so in a week. */
export async function causeOf(ctx: Context, task: Task): Promise<TaskDetail['cause']> {
  if (task.result !== 'error' || task.log === null || task.exitStatus === null) return null;
  const read = causeReader();
  for (let skip = 0; skip < Math.min(task.log.lines, MOST_LINES); skip += PAGE_LINES) {
    const page = await ctx.archive.readLog(ctx.viewer, task, { skip, limit: PAGE_LINES });
    const cause = page && read(page.lines);
    if (cause) {
      const { text, from, to, guest } = cause;
      return { text, lines: [from, to], guest, phase: null, ...(await similarTo(ctx, task, task.exitStatus)) };
    }
  }
  return null;
}

async function similarTo(ctx: Context, task: Task, exitStatus: string) {
  const since = isoTime(epochSeconds(nowOf(ctx) - WEEK_S));
  const same = `label = ${printed(task.label)} and exitstatus = ${printed(exitStatus)}`;
  const search = `${same} and started_at >= ${printed(since)}`;
  const { bound } = readSearch(ctx, search, 'UTC');
  const found = await ctx.archive.searchTasks({
    viewer: ctx.viewer,
    query: bound,
    order: { field: 'started_at', descending: true },
    perPage: 1,
    at: { page: 1 },
    now: nowOf(ctx),
  });
  return { similar: found.subtotal.count, similar_search: search };
}

const printed = (text: string): string => printValue({ text });

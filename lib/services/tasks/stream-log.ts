import type { LogEvents, LogStreamRequest } from '@/lib/contract/log';
import type { Task, TaskRef } from '@/lib/domain/task';
import type { Context } from '@/lib/services/context';
import { type LineEvent, tailLines } from '@/lib/services/log-tail/tail-lines';
import { endsAtOnce } from './ends-at-once';
import { visibleTask } from './visible';
import { waitTask } from './wait';

export type LogStreamEvent = LineEvent | { event: 'end'; data: LogEvents['end'] };

const PAGE_LINES = 5_000;
// The tail sees an end a little before the collector has it from the node's list.
const END_WITHIN_S = 60;

/**
 * A task's log line by line until it has ended, after the `after` lines that are at hand (`lastEventId` wins). Throws
 * `not_found` before it begins, and also in the middle when the right to see the task goes.
 */
export async function streamLog(
  ctx: Context,
  { cluster, upid, after }: LogStreamRequest,
  lastEventId: string | null,
): Promise<AsyncIterable<LogStreamEvent>> {
  const task = await visibleTask(ctx, { cluster, upid });
  const have = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : after;
  return endsAtOnce(ctx.signal, (signal) => events(ctx, task, have, signal));
}

async function* events(ctx: Context, task: Task, after: number, signal: AbortSignal): AsyncGenerator<LogStreamEvent> {
  const ref: TaskRef = { cluster: task.cluster, upid: task.upid };
  let checked = ctx.viewer;
  const lines = task.log
    ? keptLines(ctx, ref, after)
    : tailLines(ctx.tails, { ref, listedBy: task.listedBy }, after, signal);
  for await (const event of lines) {
    if (ctx.viewer !== checked) {
      await visibleTask(ctx, ref);
      checked = ctx.viewer;
    }
    yield event;
  }
  yield { event: 'end', data: { task: await waitTask(ctx, { ...ref, timeout: END_WITHIN_S }) } };
}

async function* keptLines(ctx: Context, ref: TaskRef, after: number): AsyncGenerator<LineEvent> {
  for (let skip = Math.max(after - 1, 0); ; ) {
    const page = await ctx.archive.readLog(ctx.viewer, ref, { skip, limit: PAGE_LINES });
    const last = page?.lines.at(-1)?.n;
    if (!page || last === undefined) return;
    yield { id: last, event: 'lines', data: page };
    skip = last;
  }
}

import type { TaskEvents, TaskStreamRequest } from '@/lib/contract/task-stream';
import { Alarm } from '@/lib/services/collector/alarm';
import type { Context } from '@/lib/services/context';
import { sleep } from '@/lib/sleep';
import type { ChangeFeed } from './change-feed';
import { endsAtOnce } from './ends-at-once';
import { readSearch } from './read-search';
import { type StatusEvent, statusEvent } from './status-event';
import { type TaskEvent, taskEvents } from './task-events';

export type ListEvent = TaskEvent | StatusEvent | { id: string; event: 'reset'; data: TaskEvents['reset'] };

const STATUS_EVERY_MS = 10_000;
const STATUS_AT_MOST_EVERY_MS = 2_000;
const RESET_AT_MOST_EVERY_MS = 5_000;
// A backfill changes thousands: the list is loaded anew now and then instead.
const MANY = 100;
// `yesterday` moves on while a stream is open.
const READ_AGAIN_MS = 60_000;
// What may have changed between the reading of a page and the opening of its stream.
const OVERLAP_MS = 10_000;

/**
 * The changes of a search's tasks as they come, for as long as the context lives. Throws QueryError before it begins.
 * `lastEventId` goes on after a break; one that is foreign or too old begins with a `reset`.
 */
export function streamTasks(
  ctx: Context,
  request: TaskStreamRequest,
  lastEventId: string | null,
): AsyncIterable<ListEvent> {
  readSearch(ctx, request.search, request.tz);
  return endsAtOnce(ctx.signal, (signal) => events(ctx, request, lastEventId, signal));
}

async function* events(
  ctx: Context,
  request: TaskStreamRequest,
  lastEventId: string | null,
  signal: AbortSignal,
): AsyncGenerator<ListEvent> {
  const feed = ctx.changes;
  const alarm = new Alarm(sleep);
  let owesStatus = true;
  const stops = [
    feed.listen(() => alarm.ring()),
    ctx.collector.onStatus(() => {
      owesStatus = true;
      alarm.ring();
    }),
  ];
  try {
    let query = readSearch(ctx, request.search, request.tz).bound;
    let readAt = ctx.now();
    let statusAt = Number.NEGATIVE_INFINITY;
    let resetAt = Number.NEGATIVE_INFINITY;
    const resumed = positionOf(feed, lastEventId);
    let owesReset = resumed === 'unknown';
    let position = resumed === 'unknown' ? feed.head : (resumed ?? feed.since(ctx.now() - OVERLAP_MS));
    for (;;) {
      const change = feed.at(position);
      if (change === 'dropped') {
        owesReset = true;
        position = feed.head;
      } else if (change) {
        position += 1;
        if (ctx.now() - readAt > READ_AGAIN_MS) {
          query = readSearch(ctx, request.search, request.tz).bound;
          readAt = ctx.now();
        }
        if (change.archiveIds.length > MANY) owesReset = true;
        else yield* await taskEvents(ctx, change, query);
      } else {
        const now = ctx.now();
        if (owesReset && now >= resetAt + RESET_AT_MOST_EVERY_MS) {
          owesReset = false;
          resetAt = now;
          yield { id: `${feed.instance}-${position - 1}`, event: 'reset', data: {} };
        } else if (now >= statusAt + (owesStatus ? STATUS_AT_MOST_EVERY_MS : STATUS_EVERY_MS)) {
          owesStatus = false;
          statusAt = now;
          yield statusEvent(ctx);
        } else {
          const nextStatus = statusAt + (owesStatus ? STATUS_AT_MOST_EVERY_MS : STATUS_EVERY_MS);
          const nextReset = owesReset ? resetAt + RESET_AT_MOST_EVERY_MS : nextStatus;
          await alarm.wait(Math.max(Math.min(nextStatus, nextReset) - now, 1), signal);
        }
      }
    }
  } finally {
    for (const stop of stops) stop();
  }
}

/** Where the stream with this last id goes on; undefined without one. */
function positionOf(feed: ChangeFeed, lastEventId: string | null): number | 'unknown' | undefined {
  if (lastEventId === null || lastEventId === '') return undefined;
  const parts = /^(?<instance>[0-9a-f]{8})-(?<position>-?\d{1,15})$/.exec(lastEventId)?.groups;
  if (parts?.instance !== feed.instance) return 'unknown';
  const next = Number(parts.position) + 1;
  return next > feed.head || feed.at(next) === 'dropped' ? 'unknown' : next;
}

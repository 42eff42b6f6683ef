import type { TaskRef } from '@/lib/domain/task';
import type { TailHub } from './hub';
import { orAborted } from './or-aborted';
import type { Tail, TailEvent } from './tail';

/** What a stream of one log sends on; `reset`: the asker has lines that this log does not. */
export type LineEvent = TailEvent | { event: 'reset'; data: Record<string, never> };

// What is read for one asker who is behind, at once.
const PAGE = 5_000;

/**
 * The events of one log for someone who has its first `after` lines, until it has ended: what is older than the tail keeps
 * is read by pages, also for an asker who was too slow. Leaves the tail however it is left.
 */
export async function* tailLines(
  hub: TailHub,
  task: { ref: TaskRef; listedBy: string },
  after: number,
  signal: AbortSignal,
): AsyncGenerator<LineEvent> {
  const { tail, leave } = hub.join(task.ref, task.listedBy);
  try {
    if (tail.away) yield tail.away;
    while (tail.firstLine === undefined && !tail.ended) await orAborted(tail.next, signal);
    if (tail.progress !== null) yield { event: 'progress', data: { progress: tail.progress } };
    let have = after;
    let position: number | undefined;
    for (;;) {
      if (position === undefined) {
        if (tail.total > 0 && have > tail.total) {
          yield { event: 'reset', data: {} };
          have = tail.total;
        }
        for await (const event of earlierLines(hub, task, tail, have, signal)) {
          have = event.id;
          yield event;
        }
        position = tail.positionAfter(have);
      }
      const event = tail.eventAt(position);
      if (event === 'dropped') {
        position = undefined;
      } else if (event) {
        position += 1;
        if (event.event === 'lines' && have > event.data.total) {
          yield { event: 'reset', data: {} };
          have = 0;
        }
        yield event.event === 'lines' ? withoutKnown(event, have) : event;
        if (event.event === 'lines') have = event.id;
      } else if (tail.ended) {
        return;
      } else {
        await orAborted(tail.next, signal);
      }
    }
  } finally {
    leave();
  }
}

/** The lines between what the asker has and what the tail keeps. */
async function* earlierLines(
  hub: TailHub,
  { ref, listedBy }: { ref: TaskRef; listedBy: string },
  tail: Tail,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<TailEvent & { event: 'lines' }> {
  let have = after;
  while (have + 1 < (tail.firstLine ?? 0)) {
    const limit = Math.min((tail.firstLine ?? 0) - 1 - have, PAGE);
    const { lines, total } = await orAborted(hub.read(ref, listedBy, { skip: have, limit, ended: false }), signal);
    const last = lines.at(-1)?.n;
    if (last === undefined || last <= have) return;
    have = last;
    yield { id: last, event: 'lines', data: { lines, total } };
  }
}

/** The same event for all who are up to date; without what the asker has when that is more than its last line. */
function withoutKnown(event: TailEvent & { event: 'lines' }, have: number): TailEvent {
  const { lines, total } = event.data;
  if ((lines[0]?.n ?? have) >= have) return event;
  return { ...event, data: { lines: lines.filter((line) => line.n >= have), total } };
}

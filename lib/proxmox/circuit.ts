/** How often in a row a node did not answer in time, and until when (ms) it is not asked; undefined for a node that answers. */
export type Circuit = { timeouts: number; pausedUntil: number };

const PAUSE_MS = 5_000;

/**
 * The state after one more time-out at `now`. A frozen node holds each call for its whole time-out, so from the second in a
 * row on it is asked once in five seconds, and other calls fail at once: their places in the queue stay free for other nodes.
 */
export function timedOut(before: Circuit | undefined, now: number): Circuit {
  const timeouts = (before?.timeouts ?? 0) + 1;
  return { timeouts, pausedUntil: timeouts < 2 ? 0 : now + PAUSE_MS };
}

/** Whether a node may be asked at `now`. Who gets a yes after a pause begins the next one, until the answer ends it. */
export function mayAsk(before: Circuit | undefined, now: number): { yes: boolean; after: Circuit | undefined } {
  if (!before || before.pausedUntil === 0) return { yes: true, after: before };
  if (now < before.pausedUntil) return { yes: false, after: before };
  return { yes: true, after: { ...before, pausedUntil: now + PAUSE_MS } };
}

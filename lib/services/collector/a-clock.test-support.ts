import type { Wait } from './alarm';

/** A clock for tests: time passes only in `pass`, and whoever waits is woken in the order of their times. */
export function aClock(startMs = 1_700_000_000_000) {
  let now = startMs;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const wait: Wait = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      const sleeper = { at: now + ms, wake: resolve };
      sleepers.add(sleeper);
      signal.addEventListener(
        'abort',
        () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  return {
    now: () => now,
    wait,
    async pass(ms: number): Promise<void> {
      const until = now + ms;
      for (;;) {
        await settle();
        const next = [...sleepers].sort((a, b) => a.at - b.at)[0];
        if (!next || next.at > until) break;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = until;
      await settle();
    },
  };
}

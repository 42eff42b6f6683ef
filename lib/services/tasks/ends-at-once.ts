/**
 * Events whose source is told at once when nobody wants more of them, also while it waits for the next: a generator alone
 * would go on waiting, and hold what it holds.
 */
export function endsAtOnce<T>(
  outer: AbortSignal,
  source: (signal: AbortSignal) => AsyncGenerator<T>,
): AsyncIterable<T, undefined> {
  return {
    [Symbol.asyncIterator]() {
      const own = new AbortController();
      const events = source(AbortSignal.any([outer, own.signal]));
      return {
        next: () => events.next(),
        async return() {
          own.abort();
          await events.return(undefined).catch(() => undefined); // the wait that was broken off
          return { done: true, value: undefined };
        },
      };
    },
  };
}

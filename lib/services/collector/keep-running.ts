import type { Logger } from 'pino';
import type { Wait } from './alarm';

const AGAIN_MS = 10_000;

/**
 * Runs a loop until the signal aborts. What it throws is a bug of ours or a database that cannot be read: it is logged,
 * and the loop begins again some seconds later. Resolves when the signal has aborted.
 */
export async function keepRunning(
  loop: (signal: AbortSignal) => Promise<void>,
  { log, wait }: { log: Logger; wait: Wait },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // Of loops that run together all end when one fails, before any begins again.
    const own = new AbortController();
    const stop = () => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      await loop(own.signal);
    } catch (error) {
      if (!signal.aborted) {
        log.error({ err: error }, 'loop failed');
        own.abort();
        await wait(AGAIN_MS, signal).catch(() => undefined);
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}

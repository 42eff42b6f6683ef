/** Resolves after `ms`, rejects as soon as the signal aborts; `sleep`, or a test's own. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

// A timer of Node's counts in 31 bits; who waits looks again after it anyway.
const LONGEST_MS = 3_600_000;

/** A wait that can be cut short: what rings before or while someone waits ends that one wait. */
export class Alarm {
  readonly #wait: Wait;
  #rung = false;
  #wake: (() => void) | undefined;

  constructor(wait: Wait) {
    this.#wait = wait;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Returns after `ms`, or as soon as it rings; at least once an hour. Rejects when the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const own = new AbortController();
    const stop = () => own.abort();
    this.#wake = stop;
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (!this.#rung && ms > 0) await this.#wait(Math.min(ms, LONGEST_MS), own.signal);
    } catch (error) {
      if (!own.signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#wake = undefined;
      this.#rung = false;
    }
    signal.throwIfAborted();
  }
}

/** A wait of ours that took too long; never leaves this folder as such. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
  readonly ms: number;

  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.ms = ms;
  }
}

/** A clock that aborts its signal: `end()` must be called once the work is over. */
export type Deadline = { readonly signal: AbortSignal; extend(ms: number): void; end(): void };

/**
 * A signal that aborts with the caller's reason, or with `TimedOut` after `ms`. Ending it stops the clock and lets go of the
 * caller's signal, which may live as long as the process (`AbortSignal.any` would be kept by it).
 */
export function deadline(ms: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const start = (after: number) => setTimeout(() => controller.abort(new TimedOut(after)), after);
  const pass = () => controller.abort(caller?.reason);
  let timer = start(ms);
  if (caller?.aborted) pass();
  caller?.addEventListener('abort', pass, { once: true });
  return {
    signal: controller.signal,
    extend(after) {
      clearTimeout(timer);
      timer = start(after);
    },
    end() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', pass);
    },
  };
}

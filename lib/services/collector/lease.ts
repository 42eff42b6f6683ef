import type { Logger } from 'pino';
import type { LeaseStore } from '@/lib/archive/archive';
import type { Wait } from './alarm';

const TTL_MS = 10_000;
const RENEW_MS = 2_500;
const TRY_MS = 2_000;
// Whoever could not renew stops before others may begin.
const STOP_MS = 7_500;

export type LeaseDeps = {
  store: LeaseStore;
  /** This instance. */
  holder: string;
  log: Logger;
  /** Milliseconds, never going back. */
  now(): number;
  wait: Wait;
};

/** What is done under a lease, and what is told by and to those who do not do it. */
export type LeasedWork = {
  name: string;
  /** Until the signal aborts: it is then another instance's work, or nobody's. */
  run(signal: AbortSignal): Promise<void>;
  note(): string;
  onNote(note: string): void;
};

/**
 * Has one of all instances do a piece of work: when the one that does it dies, another one begins within 13 s. Resolves
 * when the signal has aborted and the work has ended; the lease is then free at once.
 */
export async function underLease(work: LeasedWork, deps: LeaseDeps, signal: AbortSignal): Promise<void> {
  const { store, holder, log, wait } = deps;
  const { name } = work;
  while (!signal.aborted) {
    const taken = await store.acquireLease({ name, holder, ttlMs: TTL_MS }).catch((err: unknown) => {
      log.warn({ err, lease: name }, 'lease not asked for');
      return { held: false as const, note: null };
    });
    if (taken.held) await tenure(work, deps, signal);
    else if (taken.note !== null) work.onNote(taken.note);
    await paused(wait, TRY_MS, signal);
  }
}

/** Works for as long as the lease can be renewed. */
async function tenure(work: LeasedWork, deps: LeaseDeps, signal: AbortSignal): Promise<void> {
  const { store, holder, log } = deps;
  const own = new AbortController();
  const stop = AbortSignal.any([signal, own.signal]);
  log.debug({ lease: work.name }, 'lease taken');
  const ended = work
    .run(stop)
    .catch((err: unknown) => {
      if (!stop.aborted) log.error({ err, lease: work.name }, 'leased work failed');
    })
    .finally(() => own.abort());
  await keep(work, deps, stop);
  own.abort();
  await ended;
  await store.releaseLease(work.name, holder).catch((err: unknown) => log.warn({ err }, 'lease not given back'));
}

/** Renews until it is another's, could not be renewed for too long, or the signal aborts. */
async function keep(work: LeasedWork, { store, holder, log, now, wait }: LeaseDeps, stop: AbortSignal): Promise<void> {
  let renewedAt = now();
  while (now() - renewedAt < STOP_MS) {
    await paused(wait, RENEW_MS, stop);
    if (stop.aborted) return;
    const askedAt = now();
    const left = STOP_MS - (askedAt - renewedAt);
    const renewing = store.acquireLease({ name: work.name, holder, ttlMs: TTL_MS, note: work.note() });
    const late = paused(wait, Math.max(left, 0), stop);
    const renewed = await Promise.race([renewing.catch(() => undefined), late]);
    if (renewed?.held) renewedAt = askedAt;
    else if (renewed) {
      log.warn({ lease: work.name }, 'lease lost');
      return;
    }
  }
  log.warn({ lease: work.name }, 'lease not renewed in time');
}

/** Waits, and does not mind when the wait is broken off. */
async function paused(wait: Wait, ms: number, signal: AbortSignal): Promise<undefined> {
  try {
    await wait(ms, signal);
  } catch {
    // whoever waits looks at the signal
  }
  return undefined;
}

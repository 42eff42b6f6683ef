import { randomBytes } from 'node:crypto';

/** A sign-in whose password was right and whose second factor is still asked for. */
export type HalfTicket = { cluster: string; username: string; challenge: string; kinds: readonly string[] };

type Kept = HalfTicket & { until: number; triesLeft: number };

const LIFE_MS = 2 * 60_000;
/** Proxmox locks a user's TOTP after eight wrong ones; this stays below. */
const TRIES = 5;
const MOST_KEPT = 1_000;

/** Half tickets stay here for two minutes and never reach a browser, which is given an id. */
export class HalfTickets {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  keep(half: HalfTicket): string {
    const now = this.#now();
    for (const [id, { until }] of this.#kept) if (until <= now) this.#kept.delete(id);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size >= MOST_KEPT && !oldest.done) this.#kept.delete(oldest.value);
    const id = randomBytes(18).toString('base64url');
    this.#kept.set(id, { ...half, until: now + LIFE_MS, triesLeft: TRIES });
    return id;
  }

  /** Takes one try; undefined when it is over, used up or was never here. */
  use(id: string): HalfTicket | undefined {
    const half = this.#kept.get(id);
    if (!half || half.until <= this.#now()) return undefined;
    half.triesLeft -= 1;
    if (half.triesLeft <= 0) this.#kept.delete(id);
    return half;
  }

  forget(id: string): void {
    this.#kept.delete(id);
  }
}

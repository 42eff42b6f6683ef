import type { AddressPools } from './agent';

/** What is known of one configured address; times in ms. */
export type AddressHealth = { url: string; healthy: boolean; error: string | null; triedAt: number | null };

/** One way into the cluster: the API of one of its nodes. */
export type Address = { readonly url: string; readonly base: string; readonly pools: AddressPools };

type State = AddressHealth & { address: Address; failures: number; retryAt: number; lastResortUntil: number };

const LONGEST_PENALTY_MS = 10_000;
const LAST_RESORT_MS = 30_000;

/**
 * The addresses of one cluster, in the order of its configuration. The first that works is used; one that could not be
 * connected is left out for a second, then two, four, at most ten, and comes back to its place when the time is over.
 */
export class Addresses {
  readonly #states: State[];
  readonly #now: () => number;

  constructor(addresses: readonly Address[], now: () => number) {
    this.#now = now;
    this.#states = addresses.map((address) => ({
      address,
      url: address.url,
      healthy: true,
      error: null,
      triedAt: null,
      failures: 0,
      retryAt: 0,
      lastResortUntil: 0,
    }));
  }

  /**
   * Those worth trying now, best first; none while all of them were found dead a moment ago. Whoever tries a dead one again
   * does so alone: for the others it stays dead until the outcome is told.
   */
  *toTry(): Generator<Address> {
    const now = this.#now();
    const due = this.#states.filter((state) => state.retryAt <= now);
    const doubtful = (state: State): number => (state.lastResortUntil > now ? 1 : 0);
    for (const state of due.toSorted((a, b) => doubtful(a) - doubtful(b))) {
      if (state.retryAt > this.#now()) continue;
      if (state.failures > 0) state.retryAt = this.#now() + LONGEST_PENALTY_MS;
      yield state.address;
    }
  }

  /** It answered, whatever the answer was. */
  answered(address: Address): void {
    const state = this.#of(address);
    const doubtful = state.lastResortUntil > this.#now();
    Object.assign(state, { triedAt: this.#now(), failures: 0, retryAt: 0 });
    if (!doubtful) Object.assign(state, { healthy: true, error: null });
  }

  /** It could not be connected: it is left out for a while. `error` says why, in words. */
  failed(address: Address, error: string): void {
    const state = this.#of(address);
    const penalty = Math.min(1_000 * 2 ** state.failures, LONGEST_PENALTY_MS);
    const now = this.#now();
    Object.assign(state, {
      healthy: false,
      error,
      triedAt: now,
      failures: state.failures + 1,
      retryAt: now + penalty,
    });
  }

  /** It can be connected but did not do its work: others go first for half a minute, alone it is still used. */
  doubted(address: Address, error: string): void {
    const now = this.#now();
    Object.assign(this.#of(address), {
      healthy: false,
      error,
      triedAt: now,
      failures: 0,
      retryAt: 0,
      lastResortUntil: now + LAST_RESORT_MS,
    });
  }

  /** Nobody waited for the outcome, so the next one may try. */
  undecided(address: Address): void {
    this.#of(address).retryAt = 0;
  }

  health(): AddressHealth[] {
    return this.#states.map(({ url, healthy, error, triedAt }) => ({ url, healthy, error, triedAt }));
  }

  #of(address: Address): State {
    const state = this.#states.find((each) => each.address === address);
    if (!state) throw new RangeError(`${address.url} is no address of this cluster`);
    return state;
  }
}

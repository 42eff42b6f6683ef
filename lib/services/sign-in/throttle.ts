import { AppError } from '@/lib/domain/errors';

/** Whose budget a try is taken from. `browser` is the id of one that signed in to this account before, else null. */
export type Suspect = { cluster: string; account: string; address: string; browser: string | null };

type Budget = { burst: number; refillMs: number };

/**
 * Failed tries until somebody has to wait, and how fast one more is allowed. Proxmox itself locks a user's codes after 8
 * wrong ones; the address is larger because many people can share one.
 */
const BUDGETS = {
  account: { burst: 10, refillMs: 60_000 },
  address: { burst: 40, refillMs: 30_000 },
  cluster: { burst: 300, refillMs: 1_000 },
  browser: { burst: 10, refillMs: 60_000 },
} as const satisfies Record<string, Budget>;

const MOST_KEPT = 50_000;

type Bucket = { left: number; at: number; budget: Budget };

/**
 * Bounds how many guesses reach Proxmox (product rule 8). A stranger's try is taken from the budgets of the account, of
 * the address and of the whole cluster at once; a browser that signed in to that account before has one of its own, so
 * that an attack on the account, or from the same address, does not keep its owner out.
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Takes one try before it is made, so that a thousand at once are no way around. Gives how to hand it back when it was
   * no failure. Throws `throttled` with `retryAfterSeconds`.
   */
  take({ cluster, account, address, browser }: Suspect): () => void {
    // The widest first: what it refuses leaves no bucket of its own behind.
    const wanted: [string, Budget][] =
      browser === null
        ? [
            [`cluster ${cluster}`, BUDGETS.cluster],
            [`address ${networkOf(address)}`, BUDGETS.address],
            [`account ${cluster} ${account}`, BUDGETS.account],
          ]
        : [[`browser ${browser} ${cluster} ${account}`, BUDGETS.browser]];
    const buckets = wanted.map(([key, budget]) => this.#withOneLeft(key, budget));
    for (const bucket of buckets) bucket.left -= 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      for (const bucket of buckets) bucket.left = Math.min(bucket.left + 1, bucket.budget.burst);
    };
  }

  #withOneLeft(key: string, budget: Budget): Bucket {
    const bucket = this.#bucket(key, budget);
    if (bucket.left >= 1) return bucket;
    const seconds = Math.ceil(((1 - bucket.left) * budget.refillMs) / 1000);
    throw new AppError('throttled', `Too many failed tries. Try again in ${seconds} s.`, {
      details: { retryAfterSeconds: seconds },
    });
  }

  #bucket(key: string, budget: Budget): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { left: budget.burst, at: now, budget };
    bucket.left = Math.min(bucket.left + (now - bucket.at) / budget.refillMs, budget.burst);
    bucket.at = now;
    this.#buckets.delete(key); // so that the order of the map is the order of use
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MOST_KEPT) this.#forgetSome(now);
    return bucket;
  }

  /** Full ones say nothing and go first; then the least used, behind which the cluster's own budget still stands. */
  #forgetSome(now: number): void {
    for (const [key, { left, at, budget }] of this.#buckets) {
      if (left + (now - at) / budget.refillMs >= budget.burst) this.#buckets.delete(key);
    }
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_KEPT * 0.9) return; // by many at once, as each round looks at all
      this.#buckets.delete(key);
    }
  }
}

/** One person has a whole /64 of IPv6, so that is what counts as their address. */
export function networkOf(address: string): string {
  const text = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!text.includes(':')) return text;
  const [head = '', tail = ''] = text.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const rest = text.includes('::') ? tail.split(':').filter((group) => group !== '') : [];
  const missing = Array.from({ length: Math.max(8 - groups.length - rest.length, 0) }, () => '0');
  const network = [...groups, ...missing, ...rest].slice(0, 4);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** How many calls may be in flight: per node because three single-threaded workers serve everybody (api-contract 1.4). */
export type QueueLimits = { perNode: number; total: number };

type Waiter = { background: boolean; grant(): void };

type Load = { all: number; background: number };

const NO_LOAD: Load = { all: 0, background: 0 };

/**
 * Who may call next. Keys are cluster and node. What people wait for goes before background work, and the keys that wait take
 * turns, so that one busy node cannot keep another from its turn. Background work never takes a node's last place, nor more
 * than half of all places.
 */
export class FairQueue {
  readonly #limits: QueueLimits;
  /** In flight by key; keys without load are dropped. */
  readonly #load = new Map<string, Load>();
  /** Waiting by key, the key that waits longest for a turn first. */
  readonly #waiting = { interactive: new Map<string, Waiter[]>(), background: new Map<string, Waiter[]>() };
  #total: Load = NO_LOAD;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Resolves with the function that gives the place back (once; later calls do nothing). Rejects when the signal aborts. */
  enter(key: string, background: boolean, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const lane = background ? this.#waiting.background : this.#waiting.interactive;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        background,
        grant: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.#leaveOnce(key, background));
        },
      };
      const giveUp = () => {
        const line = lane.get(key)?.filter((other) => other !== waiter) ?? [];
        if (line.length > 0) lane.set(key, line);
        else lane.delete(key);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      lane.set(key, [...(lane.get(key) ?? []), waiter]);
      this.#admit();
    });
  }

  /** How many are in flight and how many wait, for status pages and tests. */
  get size(): { inFlight: number; waiting: number } {
    const lines = [...this.#waiting.interactive.values(), ...this.#waiting.background.values()];
    return { inFlight: this.#total.all, waiting: lines.reduce((sum, line) => sum + line.length, 0) };
  }

  #leaveOnce(key: string, background: boolean): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#change(key, background, -1);
      this.#admit();
    };
  }

  #admit(): void {
    for (const lane of [this.#waiting.interactive, this.#waiting.background]) {
      // A key that was served goes to the end of the line; a Map walks over what is added meanwhile, so it comes again.
      for (const [key, [next, ...rest]] of lane) {
        if (!next || !this.#fits(key, next.background)) continue;
        lane.delete(key);
        if (rest.length > 0) lane.set(key, rest);
        this.#change(key, next.background, 1);
        next.grant();
      }
    }
  }

  #fits(key: string, background: boolean): boolean {
    const load = this.#load.get(key) ?? NO_LOAD;
    const { perNode, total } = this.#limits;
    if (load.all >= perNode || this.#total.all >= total) return false;
    return !background || (load.background < Math.max(perNode - 1, 1) && this.#total.background < Math.ceil(total / 2));
  }

  #change(key: string, background: boolean, by: 1 | -1): void {
    const changed = (load: Load): Load => ({ all: load.all + by, background: load.background + (background ? by : 0) });
    const load = changed(this.#load.get(key) ?? NO_LOAD);
    if (load.all > 0) this.#load.set(key, load);
    else this.#load.delete(key);
    this.#total = changed(this.#total);
  }
}

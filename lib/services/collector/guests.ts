import { type Guest, vmidOf } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import type { ClusterReads } from './reads';

// The cluster itself tells of changes every 10 s (api-contract 9.1).
const FRESH_MS = 10_000;

/** The cluster's guests as they are now, for the snapshot that each new task keeps; asked for when there is a new task. */
export class GuestList {
  readonly #read: ClusterReads['guests'];
  readonly #now: () => number;
  #guests: ReadonlyMap<number, Guest> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(read: ClusterReads['guests'], now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  /** Guests no older than 10 s when one of the tasks is about a guest and new to the caller; else those at hand. */
  async forTasks(
    tasks: readonly SeenTask[],
    isKnown: (upid: string) => boolean,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, Guest>> {
    const isNew = tasks.some(({ upid }) => vmidOf(upid.type, upid.id) !== null && !isKnown(upid.text));
    if (!isNew) return this.#guests;
    if (this.#now() - this.#readAt >= FRESH_MS) {
      this.#reading ??= this.#refresh(signal).finally(() => {
        this.#reading = undefined;
      });
    }
    await this.#reading; // also one that another node's sweep has begun
    return this.#guests;
  }

  // A task without its guest's name is worth more than a sweep that fails for the name.
  async #refresh(signal: AbortSignal): Promise<void> {
    this.#readAt = this.#now();
    try {
      this.#guests = await this.#read(signal);
    } catch {
      signal.throwIfAborted();
    }
  }
}

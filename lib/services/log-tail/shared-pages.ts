import { AppError } from '@/lib/domain/errors';
import type { TaskRef } from '@/lib/domain/task';
import type { ClusterReads, LogPage } from '@/lib/services/collector/reads';

const FRESH_MS = 1_000;
// What lies before a log's last line is written for good.
const SETTLED_MS = 60_000;
const MOST_PAGES = 64;
const MOST_IN_LINE = 32;

type Kept = { page: Promise<LogPage>; readAt: number; settled: boolean };
type Line = { length: number; last: Promise<unknown> };

/**
 * Windows of logs that are not archived, read from their nodes once for all who ask within a second. A node is asked for
 * one after another, so that who asks for many keeps neither the collector nor anybody else from it.
 */
export class SharedPages {
  readonly #readsOf: (cluster: string) => Pick<ClusterReads, 'logPage'>;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #lines = new Map<string, Line>();
  // Nobody who leaves may take the answer from the others.
  readonly #signal = new AbortController().signal;

  constructor(readsOf: (cluster: string) => Pick<ClusterReads, 'logPage'>, now: () => number) {
    this.#readsOf = readsOf;
    this.#now = now;
  }

  /** Throws what the node said, and `unavailable` when too many wait for it; a failure is not kept. */
  read(ref: TaskRef, node: string, window: { skip: number; limit: number; ended: boolean }): Promise<LogPage> {
    const { skip, limit, ended } = window;
    const key = JSON.stringify([ref.cluster, ref.upid, node, skip, limit, ended]);
    const kept = this.#kept.get(key);
    if (kept && this.#now() - kept.readAt < (kept.settled ? SETTLED_MS : FRESH_MS)) return kept.page;
    const reads = this.#readsOf(ref.cluster);
    const page = this.#inLine(JSON.stringify([ref.cluster, node]), () =>
      reads.logPage(node, ref.upid, { skip, limit }, this.#signal),
    );
    const entry: Kept = { page, readAt: this.#now(), settled: false };
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    page.then(
      ({ total }) => {
        entry.settled = skip + limit < total;
      },
      () => {
        if (this.#kept.get(key) === entry) this.#kept.delete(key);
      },
    );
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_PAGES) break;
      this.#kept.delete(oldest);
    }
    return page;
  }

  #inLine<T>(place: string, read: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(place) ?? { length: 0, last: Promise.resolve() };
    if (line.length >= MOST_IN_LINE) {
      throw new AppError('unavailable', 'Too many wait for logs of this node. Try again in some seconds.');
    }
    line.length += 1;
    this.#lines.set(place, line);
    const result = line.last.then(read).finally(() => {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(place);
    });
    line.last = result.catch(() => undefined); // the next one does not mind
    return result;
  }
}

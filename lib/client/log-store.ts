import type { LogAnswer } from '@/lib/contract/log';
import type { LogLine } from '@/lib/domain/log/line';
import { PAGE_LINES } from './log-geometry';

/** Pages held at once: 30,000 lines, some 5 MB of text. What is scrolled far away is loaded again when needed. */
const MAX_PAGES = 60;

/** What the view draws from; a new object for each change, so that React sees it. */
export type LogSnapshot = {
  /** Lines the log has now, loaded or not. */
  total: number;
  /** The task has ended and the lines are final. */
  complete: boolean;
  missing: LogAnswer['missing'];
  /** The last load that failed, in the words of the answer; null once one works again. */
  failed: string | null;
  /** Nothing has answered yet. */
  loading: boolean;
};

export type ReadLogPage = (start: number, limit: number, signal: AbortSignal) => Promise<LogAnswer>;

/**
 * The lines of one log as they are needed: pages around what is looked at, and what the stream brings. A line that comes
 * again replaces itself, because a half-written one is sent again when it has grown.
 */
export class LogStore {
  readonly #read: ReadLogPage;
  readonly #pages = new Map<number, (string | undefined)[]>();
  readonly #loading = new Map<number, Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #stop = new AbortController();
  #snapshot: LogSnapshot = { total: 0, complete: false, missing: null, failed: null, loading: true };

  constructor(read: ReadLogPage) {
    this.#read = read;
  }

  readonly snapshot = (): LogSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The text of a line, undefined when it is not loaded. */
  line(n: number): string | undefined {
    return this.#pages.get(pageOf(n))?.[(n - 1) % PAGE_LINES];
  }

  /** The lines of a page as they are loaded; undefined when none is. */
  page(index: number): readonly (string | undefined)[] | undefined {
    return this.#pages.get(index);
  }

  /** Loads what is missing of the lines `from` to `to`; the pages last needed are the last to go. */
  need(from: number, to: number): void {
    for (let page = pageOf(Math.max(from, 1)); page <= pageOf(Math.max(to, 1)); page++) {
      this.#touch(page);
      if (!this.#isWhole(page)) void this.load(page);
    }
    this.#evict();
  }

  /** Loads one page, once at a time; a failure is kept in the snapshot and loading goes on by the next `need`. */
  load(page: number): Promise<void> {
    const running = this.#loading.get(page);
    if (running) return running;
    const loading = this.#load(page).finally(() => this.#loading.delete(page));
    this.#loading.set(page, loading);
    return loading;
  }

  /** Takes what a stream or an answer brought. `total` never shrinks: an older answer may come late. */
  take(lines: readonly LogLine[], total: number): void {
    for (const { n, t } of lines) this.#pageFor(pageOf(n))[(n - 1) % PAGE_LINES] = t;
    this.#evict();
    // Lines are here, so whatever kept them away is over.
    this.#tell({ total: Math.max(total, this.#snapshot.total), loading: false, missing: null });
  }

  /** Forgets everything: the stream said that it cannot go on from where it was. */
  reset(): void {
    this.#pages.clear();
    this.#tell({ total: 0, complete: false, loading: true });
  }

  /** The task has ended: the last page is read once more, it may have grown. */
  async finish(): Promise<void> {
    await this.load(pageOf(Math.max(this.#snapshot.total, 1)));
  }

  /** Breaks off what is being loaded, as the page goes away. Another `need` starts again. */
  pause(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#loading.clear();
  }

  async #load(page: number): Promise<void> {
    const { signal } = this.#stop;
    try {
      const answer = await this.#read(page * PAGE_LINES, PAGE_LINES, signal);
      this.take(answer.lines, answer.total);
      this.#tell({ complete: answer.complete, missing: answer.missing, failed: null });
    } catch (error) {
      if (signal.aborted) return;
      this.#tell({ failed: error instanceof Error ? error.message : String(error), loading: false });
    }
  }

  #isWhole(page: number): boolean {
    const lines = this.#pages.get(page);
    if (!lines) return this.#snapshot.total > 0 && page * PAGE_LINES >= this.#snapshot.total;
    const due = Math.min(PAGE_LINES, this.#snapshot.total - page * PAGE_LINES);
    for (let i = 0; i < due; i++) if (lines[i] === undefined) return false;
    return true;
  }

  #pageFor(page: number): (string | undefined)[] {
    const lines = this.#pages.get(page) ?? [];
    if (!this.#pages.has(page)) this.#pages.set(page, lines);
    return lines;
  }

  /** A Map keeps insertion order, so what is set again becomes the newest. */
  #touch(page: number): void {
    const lines = this.#pages.get(page);
    if (!lines) return;
    this.#pages.delete(page);
    this.#pages.set(page, lines);
  }

  #evict(): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) return;
      this.#pages.delete(page);
    }
  }

  #tell(change: Partial<LogSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const pageOf = (line: number): number => Math.floor((line - 1) / PAGE_LINES);

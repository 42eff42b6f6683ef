import type { LogLine } from '@/lib/domain/log/line';
import { isoTime, secondOf } from '@/lib/domain/time';
import type { Wait } from '@/lib/services/collector/alarm';
import { followLog, type ReadLog } from './follow';

/** What a tail tells: one object for all who listen, so that it is encoded once. The id of lines is the last one's number. */
export type TailEvent =
  | { id: number; event: 'lines'; data: { lines: readonly LogLine[]; total: number } }
  | { event: 'progress'; data: { progress: number | null } }
  | { event: 'away'; data: { node: string; since: string } };

export type TailInput = {
  node: string;
  read: ReadLog;
  /** How far the task is, 0…1, by the newest lines; undefined when they do not say. */
  progressOf(lines: readonly LogLine[]): number | undefined;
  wait: Wait;
  now(): number;
};

// Who is further behind reads pages: some 100 bytes each, 1 MB for a task that is looked at.
const MOST_LINES = 10_000;

/** One reader of one running log, whoever listens. It keeps its last lines, so that a slow listener loses none. */
export class Tail {
  readonly #input: TailInput;
  /** Events in order; the position of the first is `#dropped`. */
  #events: TailEvent[] = [];
  #dropped = 0;
  #lines = 0;
  #next = Promise.withResolvers<void>();
  /** Number of the first line that is kept here; undefined before anything was read. */
  firstLine: number | undefined;
  total = 0;
  progress: number | null = null;
  /** What was told when the node stopped answering; null while it answers. */
  away: (TailEvent & { event: 'away' }) | null = null;
  ended = false;
  #lastLine = 0;

  constructor(input: TailInput) {
    this.#input = input;
  }

  /** Reads until the worker has ended. Rejects when the signal aborts or something fails that trying again cannot cure. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#follow(signal);
    } catch (error) {
      this.#next.promise.catch(() => undefined); // nobody may be waiting
      this.#next.reject(error);
      throw error;
    }
    this.ended = true;
    this.#tell();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { node, read, wait, now } = this.#input;
    for await (const news of followLog(read, 'last page', signal, { wait, now })) {
      switch (news.kind) {
        case 'begin':
          this.firstLine = news.after + 1;
          this.#lastLine = news.after;
          this.#tell();
          break;
        case 'away':
          this.away = { event: 'away', data: { node, since: isoTime(secondOf(news.since)) } };
          this.#push(this.away);
          break;
        case 'lines':
          this.#take(news.lines, news.total);
          break;
      }
    }
  }

  /** Resolves at the next event, or when the tail begins or ends; rejects when it fails. */
  get next(): Promise<void> {
    return this.#next.promise;
  }

  /** Where a listener goes on who has the first `after` lines, the last of them perhaps half written. */
  positionAfter(after: number): number {
    const at = this.#events.findIndex((event) => event.event === 'lines' && event.id >= after);
    return this.#dropped + (at < 0 ? this.#events.length : at);
  }

  /** The event at a position: undefined when it is still to come, 'dropped' when it is not kept any more. */
  eventAt(position: number): TailEvent | 'dropped' | undefined {
    return position < this.#dropped ? 'dropped' : this.#events[position - this.#dropped];
  }

  /** The window when all of its lines are kept here. */
  window(skip: number, limit: number): { lines: LogLine[]; total: number } | undefined {
    if (this.firstLine === undefined || skip + 1 < this.firstLine || this.#lines === 0) return undefined;
    if (this.#lastLine < Math.min(skip + limit, this.total)) return undefined;
    const lines: LogLine[] = [];
    for (const { event, data } of this.#events) {
      if (event !== 'lines') continue;
      for (const line of data.lines) if (line.n > skip && line.n <= skip + limit) lines[line.n - skip - 1] = line;
    }
    return { lines, total: this.total };
  }

  #take(lines: readonly LogLine[], total: number): void {
    this.total = total;
    this.#lastLine = lines.at(-1)?.n ?? this.#lastLine;
    this.#lines += lines.length;
    this.away = null;
    this.#push({ id: this.#lastLine, event: 'lines', data: { lines, total } });
    while (this.#lines > MOST_LINES && this.#events.length > 1) {
      const oldest = this.#events.shift();
      this.#dropped += 1;
      if (oldest?.event !== 'lines') continue;
      this.#lines -= oldest.data.lines.length;
      this.firstLine = (oldest.data.lines.at(-1)?.n ?? 0) + 1;
    }
    const progress = this.#input.progressOf(lines);
    if (progress === undefined || progress === this.progress) return;
    this.progress = progress;
    this.#push({ event: 'progress', data: { progress } });
  }

  #push(event: TailEvent): void {
    this.#events.push(event);
    this.#tell();
  }

  #tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }
}

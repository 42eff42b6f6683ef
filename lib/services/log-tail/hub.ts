import type { Logger } from 'pino';
import { AppError } from '@/lib/domain/errors';
import type { LogLine } from '@/lib/domain/log/line';
import { progressReader } from '@/lib/domain/log/progress';
import type { TaskRef } from '@/lib/domain/task';
import { parseUpid } from '@/lib/domain/upid';
import type { PveCluster } from '@/lib/proxmox/cluster';
import type { Wait } from '@/lib/services/collector/alarm';
import { type ClusterReads, readsOf } from '@/lib/services/collector/reads';
import { sleep } from '@/lib/sleep';
import { logSource } from './log-source';
import { SharedPages } from './shared-pages';
import { Tail } from './tail';

/** One reader per log for everybody. It asks nobody's rights: whoever joins or reads has been checked by the archive. */
export type TailHub = {
  /** The first who joins starts the reader, the last who leaves ends it some seconds later. Leave once. */
  join(ref: TaskRef, listedBy: string): { tail: Tail; leave(): void };
  /** A window of a log that is not archived: from its tail when that has it, else from the node. */
  read(
    ref: TaskRef,
    listedBy: string,
    window: LogWindow,
  ): Promise<{ lines: LogLine[]; total: number; missing: boolean }>;
  /** How far a task is, 0…1, when someone follows its log and the log says so. */
  progress(ref: TaskRef): number | null;
};

/** `ended`: the task is known to have ended, so nothing that was read before counts. */
type LogWindow = { skip: number; limit: number; ended: boolean };

export type TailHubInput = {
  /** `token` is the collector's: it sees every log. */
  clusters: readonly { cluster: PveCluster; token: string }[];
  log: Logger;
  /** Milliseconds. */
  now(): number;
};

export function createTailHub({ clusters, log, now }: TailHubInput): TailHub {
  const reads = new Map(
    clusters.map(({ cluster, token }) => [cluster.id, readsOf(cluster.as({ kind: 'token', token }))]),
  );
  return new Hub({ reads, log, now, wait: sleep });
}

// A reload of the page should not cost the node the whole log again.
const GRACE_MS = 10_000;

type HubInput = {
  reads: ReadonlyMap<string, Pick<ClusterReads, 'logPage' | 'taskStatus'>>;
  log: Logger;
  now(): number;
  wait: Wait;
};

type Entry = { tail: Tail; members: number; stop: AbortController; grace: AbortController | undefined };

export class Hub implements TailHub {
  readonly #input: HubInput;
  readonly #entries = new Map<string, Entry>();
  readonly #pages: SharedPages;

  constructor(input: HubInput) {
    this.#input = input;
    this.#pages = new SharedPages((cluster) => this.#readsOf(cluster), input.now);
  }

  join(ref: TaskRef, listedBy: string): { tail: Tail; leave(): void } {
    const entry = this.#entries.get(keyOf(ref)) ?? this.#start(ref, listedBy);
    entry.members += 1;
    entry.grace?.abort();
    entry.grace = undefined;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      entry.members -= 1;
      if (entry.members === 0) void this.#endSoon(ref, entry);
    };
    return { tail: entry.tail, leave };
  }

  async read(ref: TaskRef, listedBy: string, window: LogWindow) {
    const tail = this.#entries.get(keyOf(ref))?.tail;
    const held = window.ended && !tail?.ended ? undefined : tail?.window(window.skip, window.limit);
    return held ? { ...held, missing: false } : this.#pages.read(ref, listedBy, window);
  }

  progress(ref: TaskRef): number | null {
    return this.#entries.get(keyOf(ref))?.tail.progress ?? null;
  }

  #start(ref: TaskRef, listedBy: string): Entry {
    const { now, wait, log } = this.#input;
    const read = logSource(this.#readsOf(ref.cluster), ref, listedBy, now);
    const parts = parseUpid(ref.upid);
    const progressOf = progressReader(parts?.type ?? '', parts?.id ?? '');
    const tail = new Tail({ node: listedBy, read, progressOf, wait, now });
    const entry: Entry = { tail, members: 0, stop: new AbortController(), grace: undefined };
    this.#entries.set(keyOf(ref), entry);
    tail.run(entry.stop.signal).catch((error: unknown) => {
      if (!entry.stop.signal.aborted) log.error({ err: error, upid: ref.upid }, 'log tail failed');
      // Its listeners have been told by `next`; who comes now gets a new one.
      if (this.#entries.get(keyOf(ref)) === entry) this.#entries.delete(keyOf(ref));
    });
    return entry;
  }

  async #endSoon(ref: TaskRef, entry: Entry): Promise<void> {
    const grace = new AbortController();
    entry.grace = grace;
    await this.#input.wait(GRACE_MS, grace.signal).catch(() => undefined);
    if (grace.signal.aborted) return;
    entry.stop.abort();
    if (this.#entries.get(keyOf(ref)) === entry) this.#entries.delete(keyOf(ref));
  }

  #readsOf(cluster: string): Pick<ClusterReads, 'logPage' | 'taskStatus'> {
    const reads = this.#input.reads.get(cluster);
    if (!reads) throw new AppError('not_found', 'There is no such task, or you may not see it.');
    return reads;
  }
}

const keyOf = (ref: TaskRef): string => JSON.stringify([ref.cluster, ref.upid]);

import type { Archive } from '@/lib/archive/archive';
import type { Task } from '@/lib/domain/task';
import type { ClusterView } from '@/lib/domain/visibility';

/** What one transaction of the archive changed. `made` keeps what was built of it, so that each event is made once. */
export type Change = { position: number; at: number; archiveIds: readonly number[]; made: Map<string, object> };

// What a stream that broke off can go on from. Larger than any burst between two looks of a browser.
const MOST_CHANGES = 1_000;

// To read a changed task once for all streams; each checks its own viewer before it tells any of it.
const SEES_ALL: ClusterView = {
  identity: '',
  permissions: { '/': { 'Sys.Audit': 1, 'VM.Audit': 1 } },
  aclPaths: new Set(['/']),
  guests: new Set(),
};

/** The changes of the archive in order, numbered, the last thousand of them kept; one for all streams of this process. */
export class ChangeFeed {
  /** Positions count within one process only. */
  readonly instance = crypto.randomUUID().slice(0, 8);
  readonly #archive: Archive;
  readonly #changes: Change[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #read = new WeakMap<Change, Promise<readonly Task[]>>();
  /** The position of the next change. */
  head = 0;

  constructor(archive: Archive, now: () => number) {
    this.#archive = archive;
    archive.onChange(({ archiveIds, missed }) => {
      if (missed)
        this.#changes.length = 0; // whoever reads on finds the last ones dropped
      else this.#changes.push({ position: this.head, at: now(), archiveIds, made: new Map() });
      this.head += 1;
      if (this.#changes.length > MOST_CHANGES) this.#changes.shift();
      for (const listener of this.#listeners) listener();
    });
  }

  /** Called at each change; gives back how to stop listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Undefined: still to come. */
  at(position: number): Change | 'dropped' | undefined {
    const first = this.#changes[0]?.position ?? this.head;
    return position < first ? 'dropped' : this.#changes[position - first];
  }

  /** The position of the first kept change that is not older than `time` (ms). */
  since(time: number): number {
    return this.#changes.find((change) => change.at >= time)?.position ?? this.head;
  }

  /** The changed tasks with all that is kept of them, for no viewer: show none without `maySeeTask`. */
  tasksOf(change: Change, clusters: readonly string[]): Promise<readonly Task[]> {
    const reading = this.#read.get(change);
    if (reading) return reading;
    const viewer = { clusters: new Map(clusters.map((id) => [id, SEES_ALL])) };
    const read = this.#archive.getTasks(viewer, change.archiveIds);
    this.#read.set(change, read);
    read.catch(() => this.#read.delete(change));
    return read;
  }
}

import type { LogFile } from './log-file.ts';
import type { OnTerm } from './script.ts';
import { printUpid, type UpidParts } from './upid.ts';

export type Task = UpidParts & {
  upid: string;
  log: LogFile;
  /** Set once the process is gone. */
  exitStatus?: string;
  /** Set once the node has noticed, Unix seconds: the end that lists tell. */
  endtime?: number;
  /** How often the bookkeeping of 10 s has rewritten this row: `saved` changes its form with it. */
  rewritten: number;
  /** Only while the worker runs here and now. */
  worker?: WorkerHandle;
};

export type WorkerHandle = {
  /** SIGTERM, later SIGKILL; resolves when the process is gone. */
  term(): Promise<void>;
  /** Power loss: no final line, nobody notices. */
  vanish(): void;
  /** The worker writes this now, whatever its script says. */
  append(text: string): void;
  /** The worker ends now; without a status it leaves no final line. */
  finish(status: string | undefined): void;
};

export type TermBehaviour = { onTerm?: OnTerm; ignoresTerm?: boolean };

type IndexEntry = { task: Task; status: string };

const ROTATE_BYTES = 50_000;
const PID_MAX = 4_194_304;

/** A node's /var/log/pve/tasks: the active list, index and index.1, and the log files. */
export class TaskTable {
  readonly node: string;
  /** Running, oldest first. */
  running: Task[] = [];
  /** What the node last told the cluster (4.2). */
  broadcast: readonly object[] = [];
  readonly #bootedAt: number;
  #files = new Map<string, Task>();
  #index: IndexEntry[] = [];
  #indexBytes = 0;
  #previous: IndexEntry[] = [];
  #pid: number;

  constructor(node: string, bootedAt: number, firstPid: number) {
    this.node = node;
    this.#bootedAt = bootedAt;
    this.#pid = firstPid;
  }

  /** Registers a worker; `startedAtMs` is Unix time. */
  open(what: { type: string; id: string; user: string }, startedAtMs: number, log: LogFile): Task {
    this.#pid = this.#pid + 1 + (Math.floor(startedAtMs / 10) % 37);
    if (this.#pid >= PID_MAX) this.#pid = 300;
    const parts: UpidParts = {
      node: this.node,
      pid: this.#pid,
      pstart: Math.max(1, Math.floor((startedAtMs - this.#bootedAt * 1000) / 10)),
      starttime: Math.floor(startedAtMs / 1000),
      ...what,
    };
    const task: Task = { ...parts, upid: printUpid(parts), log, rewritten: 0 };
    this.#files.set(task.upid, task);
    this.running.push(task);
    return task;
  }

  /** The pid that the next worker gets, or one close to it: a name for its randomness. */
  nextPid(): number {
    return this.#pid + 1;
  }

  /** Every 10 s the active file is written again; what was a number in it comes back as text. */
  rewriteActive(): void {
    for (const task of this.running) task.rewritten += 1;
    let left = 25;
    for (const { task } of this.archived()) {
      task.rewritten += 1;
      left -= 1;
      if (left === 0) break;
    }
  }

  /** Moves a task to the index, in the order of noticing; at 50,000 bytes the index becomes index.1 (4.4). */
  archive(task: Task, status: string, endtime: number): void {
    this.running = this.running.filter((other) => other !== task);
    task.endtime = endtime;
    task.exitStatus ??= status;
    this.#index.push({ task, status });
    this.#indexBytes += Buffer.byteLength(task.upid) + 1 + 8 + 1 + Buffer.byteLength(status) + 1;
    if (this.#indexBytes > ROTATE_BYTES) {
      this.#previous = this.#index;
      this.#index = [];
      this.#indexBytes = 0;
    }
  }

  /** Newest end first, over both files. */
  *archived(): Generator<IndexEntry> {
    for (let i = this.#index.length - 1; i >= 0; i -= 1) yield this.#index[i] as IndexEntry;
    for (let i = this.#previous.length - 1; i >= 0; i -= 1) yield this.#previous[i] as IndexEntry;
  }

  /** The task whose log file is still there. */
  find(upid: string): Task | undefined {
    return this.#files.get(upid);
  }

  forget(upid: string): void {
    this.#files.delete(upid);
  }

  /** The daily job: logs last written before the first end of index.1 go (4.4). */
  deleteOldLogs(): number {
    const first = this.#previous[0]?.task.endtime;
    if (first === undefined) return 0;
    const old = [...this.#files.values()].filter(
      (task) => task.log.modifiedAt < first && task.exitStatus !== undefined,
    );
    for (const task of old) this.#files.delete(task.upid);
    return old.length;
  }
}

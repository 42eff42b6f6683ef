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
  /** The active file has been written with this row in it: what was a number comes back as text, see `saved`. */
  rewritten: boolean;
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

const WINDOW = 25;
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
  #recent: Task[] = [];
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
    return this.adopt(parts, log);
  }

  /** The pid that the next worker gets, or one close to it: a name for its randomness. */
  nextPid(): number {
    return this.#pid + 1;
  }

  /** Finished tasks that are still in the active file: by start, cut to what running ones leave of 25 (4.2). */
  recent(): readonly Task[] {
    this.#recent.sort((a, b) => b.starttime - a.starttime || (b.endtime ?? 0) - (a.endtime ?? 0) || a.pid - b.pid);
    this.#recent.length = Math.min(this.#recent.length, Math.max(0, WINDOW - this.running.length));
    return this.#recent;
  }

  /** A task with a UPID from elsewhere. */
  adopt(parts: UpidParts, log: LogFile): Task {
    const task: Task = { ...parts, upid: printUpid(parts), log, rewritten: false };
    this.#files.set(task.upid, task);
    this.running.push(task);
    return task;
  }

  /** Moves a task to the index, in the order of noticing; at 50,000 bytes the index becomes index.1 (4.4). */
  archive(task: Task, status: string, endtime: number): void {
    this.running = this.running.filter((other) => other !== task);
    task.endtime = endtime;
    task.exitStatus ??= status;
    task.rewritten = false;
    this.#recent.push(task);
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

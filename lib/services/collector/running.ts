import { hasCode } from '@/lib/domain/errors';
import type { SeenTask } from '@/lib/domain/task';
import { secondOf } from '@/lib/domain/time';
import { parseUpid } from '@/lib/domain/upid';
import { isLostLog } from './fetch-log';
import type { NodeDeps } from './node-deps';

// The index may be 10 s behind a worker's end when the daemon that started it is gone (measured-behaviour).
const ASK_EVERY_MS = 10_000;
const GIVE_UP_MS = 25_000;
const AT_ONCE = 20;

/** Since when a task is neither in its node's list nor known to run, and the exit status, when the node still knew one. */
type Vanished = { since: number; exitStatus: string | undefined };

/** The tasks of one node that have not ended, followed until they have, also when the node forgets to list their end. */
export class Running {
  readonly #deps: NodeDeps;
  readonly #tasks = new Map<string, Vanished | undefined>();
  /** When the node's list should be read again for a task that vanished from it; far away when none has. */
  askAt = Number.POSITIVE_INFINITY;

  constructor(deps: NodeDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#tasks.size;
  }

  remember(upids: readonly string[]): void {
    for (const upid of upids) if (!this.#tasks.has(upid)) this.#tasks.set(upid, undefined);
  }

  /** Takes over what a list names, and asks after those it does not. Throws when the node does not answer. */
  async swept(tasks: readonly SeenTask[], signal: AbortSignal): Promise<void> {
    const missing = new Set(this.#tasks.keys());
    for (const { upid, end } of tasks) {
      missing.delete(upid.text);
      if (end) this.#tasks.delete(upid.text);
      else this.#tasks.set(upid.text, undefined);
    }
    this.askAt = missing.size > 0 ? this.#deps.now() + ASK_EVERY_MS : Number.POSITIVE_INFINITY;
    for (const upid of [...missing].slice(0, AT_ONCE)) {
      try {
        await this.#ask(upid, signal);
      } catch (error) {
        if (!hasCode(error, 'rejected')) throw error;
        this.#deps.log.debug({ err: error, upid }, 'the node does not tell whether this task runs');
      }
    }
  }

  async #ask(upid: string, signal: AbortSignal): Promise<void> {
    const { cluster, node, store, guests, now, log } = this.#deps;
    const status = await this.#status(upid, signal);
    if (status.running) {
      this.#tasks.set(upid, undefined);
      return;
    }
    const since = this.#tasks.get(upid)?.since ?? now();
    this.#tasks.set(upid, { since, exitStatus: status.exitStatus });
    const parsed = parseUpid(upid);
    if (!parsed || now() - since < GIVE_UP_MS) return;
    const end = { time: secondOf(since), status: status.exitStatus ?? 'unknown' };
    const tasks: SeenTask[] = [{ upid: parsed, end }];
    await store.saveTasks({ cluster, listedBy: node, tasks, guests: await guests.forTasks([], () => true, signal) });
    this.#tasks.delete(upid);
    log.info({ upid, status: end.status }, 'the node does not list this task’s end');
  }

  async #status(
    upid: string,
    signal: AbortSignal,
  ): Promise<{ running: true } | { running: false; exitStatus: string | undefined }> {
    try {
      return await this.#deps.reads.taskStatus(this.#deps.node, upid, signal);
    } catch (error) {
      if (isLostLog(error)) return { running: false, exitStatus: this.#tasks.get(upid)?.exitStatus };
      throw error;
    }
  }
}

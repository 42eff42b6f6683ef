import type { Unfinished } from '@/lib/archive/archive';
import { type BackOff, failed, RESTED } from '@/lib/domain/back-off';
import type { SeenTask } from '@/lib/domain/task';
import { secondOf } from '@/lib/domain/time';
import { Alarm } from './alarm';
import type { NodeDeps } from './node-deps';
import { Running } from './running';
import { type Reading, sweepNode } from './sweep';
import { isClusterAway, isNodeAway, isRefused, sentenceOf } from './troubles';

const ROUTINE_MS = 300_000;
const RUNNING_MS = 60_000;
const WITHOUT_SIGNAL_MS = 10_000;
// A node whose lists take long is asked the less often for it.
const PACE = 5;
// As soon as a node shows a sign of life, but not at each of them.
const SOONEST_RETRY_MS = 10_000;
// What cluster/tasks tells is kept without the node's own list when that takes longer than this.
const PATIENCE_MS = 1_500;
// Only a node that never gives its list gets near this; the list, once it comes, has them all.
const MOST_HEARD = 1_000;

/** Reads one node's task list whenever it may have changed and keeps what it says; knows whether the node answers. */
export class NodeSweeps {
  readonly #deps: NodeDeps;
  readonly #alarm: Alarm;
  readonly #heardAlarm: Alarm;
  readonly #onSwept: (tasks: readonly SeenTask[]) => Promise<void>;
  readonly #running: Running;
  /** What `cluster/tasks` told and no list has confirmed yet. */
  readonly #heard = new Map<string, SeenTask>();
  #wanted: 'recent' | 'full' | undefined = 'full';
  #last: Reading | undefined;
  #backOff: BackOff = RESTED;
  #triedAt = 0;
  #notBefore = 0;
  #away = false;
  online = true;
  lastSweepAt: number | null = null;
  error: string | null = null;

  constructor(deps: NodeDeps, onSwept: (tasks: readonly SeenTask[]) => Promise<void>) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.wait);
    this.#heardAlarm = new Alarm(deps.wait);
    this.#onSwept = onSwept;
    this.#running = new Running(deps);
  }

  get away(): boolean {
    return this.#away;
  }

  get running(): number {
    return this.#running.size;
  }

  /** When it is asked again after a failure; null while all is well. */
  get retryAt(): number | null {
    return this.#backOff.failures > 0 ? this.#backOff.retryAt : null;
  }

  /** What the archive holds as running here, before the first sweep. */
  remember(unfinished: readonly Unfinished[]): void {
    this.#running.remember(unfinished.map((task) => task.ref.upid));
  }

  /** `cluster/tasks` tells something new of this node, so it lives and its list has changed. */
  hear(tasks: readonly SeenTask[]): void {
    for (const task of tasks) this.#heard.set(task.upid.text, task);
    for (const upid of this.#heard.keys()) {
      if (this.#heard.size <= MOST_HEARD) break;
      this.#heard.delete(upid);
    }
    if (tasks.length > 0 && this.#backOff.failures > 0 && this.online) {
      const retryAt = Math.min(this.#backOff.retryAt, this.#triedAt + SOONEST_RETRY_MS);
      this.#backOff = { ...this.#backOff, retryAt };
    }
    this.#wanted ??= 'recent';
    this.#alarm.ring();
    this.#heardAlarm.ring();
  }

  /** `GET /nodes` says whether the node is a living member of the cluster. */
  setOnline(online: boolean): void {
    if (online === this.online) return;
    this.online = online;
    if (online) this.reopen('full');
    else this.#alarm.ring();
  }

  /** Forgets the back-off and sweeps at once: the node or the cluster is back. */
  reopen(what: 'recent' | 'full'): void {
    this.#backOff = RESTED;
    if (this.#wanted !== 'full') this.#wanted = what;
    this.#alarm.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#sweepLoop(signal), this.#heardLoop(signal)]);
  }

  async #sweepLoop(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (!this.online) await this.#goneAway('The node is offline.', signal);
      const restMs = this.#dueAt() - this.#deps.now();
      if (restMs > 0) await this.#alarm.wait(restMs, signal);
      else await this.#sweep(signal);
    }
  }

  #dueAt(): number {
    if (!this.#deps.isOpen() || !this.online) return Number.POSITIVE_INFINITY;
    if (this.#backOff.failures > 0) return this.#backOff.retryAt;
    if (this.#wanted) return this.#notBefore;
    const every = this.#deps.hasSignal() ? (this.running > 0 ? RUNNING_MS : ROUTINE_MS) : WITHOUT_SIGNAL_MS;
    return Math.min((this.lastSweepAt ?? 0) + every, this.#running.askAt);
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { cluster, node, reads, store, guests, now } = this.#deps;
    const full = this.#wanted === 'full' || this.#last === undefined;
    const heard = new Map(this.#heard);
    this.#wanted = undefined;
    this.#triedAt = now();
    const guestsFor = (tasks: readonly SeenTask[]) => guests.forTasks(tasks, this.#isListed, signal);
    const input = { cluster, node, last: this.#last, full, heard: [...heard.values()], guestsFor };
    try {
      const sweep = await sweepNode(reads, store, { ...input, now: secondOf(this.#triedAt) }, signal);
      // The first time too: it may have been away when the process ended.
      if (this.#away || !this.#last) await store.markNode(cluster, node, 'running');
      for (const [upid, task] of heard) if (this.#heard.get(upid) === task) this.#heard.delete(upid);
      this.#last = sweep.reading;
      if (sweep.gap) this.#deps.onGap(sweep.gap);
      await this.#running.swept(sweep.tasks, signal);
      await this.#onSwept(sweep.tasks);
      this.#succeeded(full);
    } catch (error) {
      signal.throwIfAborted();
      this.#wanted = full ? 'full' : 'recent';
      await this.#failed(error, signal);
    }
  }

  readonly #isListed = (upid: string): boolean =>
    this.#last !== undefined && (this.#last.ended.has(upid) || this.#last.running.has(upid));

  #succeeded(full: boolean): void {
    const { now, log, onFacts } = this.#deps;
    if (full) log.info({ running: this.running }, 'node swept in full');
    this.lastSweepAt = now();
    this.#notBefore = this.lastSweepAt + PACE * (this.lastSweepAt - this.#triedAt);
    this.#backOff = RESTED;
    this.#away = false;
    this.error = null;
    onFacts();
  }

  async #failed(error: unknown, signal: AbortSignal): Promise<void> {
    const { now, log, onTrouble, onFacts } = this.#deps;
    if (this.#backOff.failures === 0) log.warn({ err: error }, 'sweep failed');
    this.#backOff = failed(this.#backOff, now());
    this.error = sentenceOf(error);
    if (isRefused(error) || isClusterAway(error)) onTrouble(error);
    if (isNodeAway(error)) await this.#goneAway(this.error, signal);
    onFacts();
  }

  /** Nobody knows what the running tasks of a silent node do. */
  async #goneAway(why: string, signal: AbortSignal): Promise<void> {
    if (this.#away) return;
    const { cluster, node, store, log, onFacts } = this.#deps;
    try {
      await store.markNode(cluster, node, 'unknown');
      this.#away = true;
      this.error = why;
      log.warn({ why }, 'node is away');
      onFacts();
    } catch (error) {
      signal.throwIfAborted();
      log.error({ err: error }, 'node could not be marked as away');
    }
  }

  /** A slow node's list is not waited for: what `cluster/tasks` told of it has all that a row needs. */
  async #heardLoop(signal: AbortSignal): Promise<void> {
    const { cluster, node, store, guests, wait, log } = this.#deps;
    for (;;) {
      await this.#heardAlarm.wait(Number.POSITIVE_INFINITY, signal);
      await wait(PATIENCE_MS, signal);
      // Before its first list an end kept from here would pass for one of an earlier sweep and hide a gap; and a node
      // that is away is named by the others with the tasks it ran when it went (api-contract 4.2).
      if (!this.#last) continue;
      const tasks = [...this.#heard.values()].filter((task) => task.end || !this.#away);
      if (tasks.length === 0) continue;
      try {
        await store.saveTasks({
          cluster,
          listedBy: node,
          tasks,
          guests: await guests.forTasks(tasks, this.#isListed, signal),
        });
        this.#running.remember(tasks.flatMap((task) => (task.end ? [] : [task.upid.text])));
        for (const task of tasks) if (this.#heard.get(task.upid.text) === task) this.#heard.delete(task.upid.text);
      } catch (error) {
        signal.throwIfAborted();
        log.warn({ err: error }, 'tasks heard of could not be kept');
      }
    }
  }
}

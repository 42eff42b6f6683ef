import { type BackOff, failed, RESTED } from '@/lib/domain/back-off';
import { hasCode } from '@/lib/domain/errors';
import type { SeenTask } from '@/lib/domain/task';
import { Alarm } from './alarm';
import { fetchLog, hasBrokenOff, isLostLog, readFinalStatus } from './fetch-log';
import type { NodeDeps } from './node-deps';
import { isClusterAway, isNodeAway, isRefused } from './troubles';

const UNSURE = 'unexpected status';
// A worker that was started on the node's shell may write its final line after its end was noticed (api-contract 4.5).
const RECHECK_MS = 6_000;
// A node that refuses one log this often, for whatever reason, will not give it.
const ATTEMPTS = 6;
// Half a log costs the node as much as a whole one.
const BROKEN_LONGEST_MS = 3_600_000;

/** `refusals`: how often the node refused this log itself. */
type Rest = BackOff & { refusals: number };

/**
 * Fetches the logs of one node's ended tasks, newest end first, one at a time; what is still to be fetched stands in the
 * archive. A task that ended with "unexpected status" is read some seconds later, and its end corrected from the last line.
 */
export class NodeLogs {
  readonly #deps: NodeDeps;
  readonly #alarm: Alarm;
  /** Logs that could not be had, by UPID. */
  readonly #resting = new Map<string, Rest>();
  /** Ends that may have been read too early, by UPID: when they were first seen, and whether the log has been asked. */
  #unsure = new Map<string, { seenAt: number; checked: boolean }>();
  #paused: BackOff = RESTED;
  toFetch = 0;

  constructor(deps: NodeDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.wait);
  }

  /** Told after each sweep, with what the node lists. */
  async swept(tasks: readonly SeenTask[]): Promise<void> {
    const { now, keepLogs, store, cluster, node } = this.#deps;
    const unsure = new Map<string, { seenAt: number; checked: boolean }>();
    for (const { upid, end } of tasks) {
      if (end?.status !== UNSURE) continue;
      const known = this.#unsure.get(upid.text);
      unsure.set(upid.text, known ?? { seenAt: Math.min(end.time * 1_000, now()), checked: false });
    }
    this.#unsure = unsure;
    this.#paused = RESTED;
    if (keepLogs) this.toFetch = await store.countMissingLogs(cluster, node);
    this.#alarm.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const restMs = this.#deps.isOpen() ? await this.#step(signal) : Number.POSITIVE_INFINITY;
      if (restMs > 0) await this.#alarm.wait(restMs, signal);
    }
  }

  /** Does one piece of work, or says how long there is none. */
  async #step(signal: AbortSignal): Promise<number> {
    const now = this.#deps.now();
    if (this.#paused.retryAt > now) return this.#paused.retryAt - now;
    try {
      const { upid, inMs } = await this.#next(now);
      if (upid === undefined || inMs > 0) return inMs;
      await this.#take(upid, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#paused = failed(this.#paused, this.#deps.now());
      this.#deps.log.warn({ err: error }, 'logs cannot be fetched now');
      // Whether the cluster is away is for its own watch to say: one download that fails does not tell.
      if (isRefused(error)) this.#deps.onTrouble(error);
    }
    return 0;
  }

  async #next(now: number): Promise<{ upid: string | undefined; inMs: number }> {
    const { cluster, node, store, keepLogs } = this.#deps;
    let candidates = [...this.#unsure].flatMap(([upid, { checked }]) => (checked ? [] : [upid]));
    if (keepLogs) {
      const missing = await store.missingLogs(cluster, 8 + this.#resting.size + candidates.length, node);
      candidates = missing.flatMap((task) => (task.listedBy === node ? [task.ref.upid] : []));
    }
    let first: { upid: string | undefined; inMs: number } = { upid: undefined, inMs: Number.POSITIVE_INFINITY };
    let fewest = Number.POSITIVE_INFINITY;
    for (const upid of candidates) {
      const unsure = this.#unsure.get(upid);
      const { retryAt, failures } = this.#resting.get(upid) ?? RESTED;
      const inMs = Math.max(retryAt - now, unsure ? unsure.seenAt + RECHECK_MS - now : 0, 0);
      if (inMs > first.inMs || (inMs === first.inMs && failures >= fewest)) continue;
      first = { upid, inMs };
      fewest = failures;
      if (inMs === 0 && failures === 0) break;
    }
    return first;
  }

  async #take(upid: string, signal: AbortSignal): Promise<void> {
    const { cluster, node, reads, store, keepLogs, maxLogBytes, log } = this.#deps;
    const ref = { cluster, upid };
    const onStatus = async (status: string | undefined) => {
      if (status !== undefined && this.#unsure.has(upid)) await store.correctEnd(ref, status);
    };
    try {
      if (keepLogs) await fetchLog(reads, store, { ref, node, maxBytes: maxLogBytes, onStatus }, signal);
      else await onStatus(await readFinalStatus(reads, node, upid, signal));
      this.#done(upid);
    } catch (error) {
      signal.throwIfAborted();
      const { refusals, ...before } = this.#resting.get(upid) ?? { ...RESTED, refusals: 0 };
      const rest = (longestMs?: number) => failed(before, this.#deps.now(), longestMs);
      if (!isLostLog(error) && concernsMore(error)) {
        // As soon as the node is back, but behind the others: it may be this log's fault after all.
        this.#resting.set(upid, { ...rest(0), refusals });
        throw error;
      }
      if (hasBrokenOff(error) || (!isLostLog(error) && refusals + 1 < ATTEMPTS)) {
        const again = hasBrokenOff(error)
          ? { ...rest(BROKEN_LONGEST_MS), refusals }
          : { ...rest(), refusals: refusals + 1 };
        this.#resting.set(upid, again);
        log.debug({ err: error, upid, attempt: again.failures }, 'log fetch failed');
        return;
      }
      if (keepLogs) await store.markLogLost(ref);
      log.info({ err: error, upid }, 'log lost');
      this.#done(upid);
    }
  }

  #done(upid: string): void {
    this.#resting.delete(upid);
    this.#paused = RESTED;
    const unsure = this.#unsure.get(upid);
    if (unsure) unsure.checked = true;
    if (this.toFetch > 0) {
      this.toFetch -= 1;
      this.#deps.onFacts();
    }
  }
}

/** Whether the next log would fail the same way. */
const concernsMore = (error: unknown): boolean =>
  isNodeAway(error) ||
  isClusterAway(error) ||
  isRefused(error) ||
  hasCode(error, 'forbidden') ||
  hasCode(error, 'unavailable');

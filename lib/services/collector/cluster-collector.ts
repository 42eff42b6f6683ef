import type { Logger } from 'pino';
import type { CollectorStore, Gap, Unfinished } from '@/lib/archive/archive';
import { type BackOff, failed, RESTED } from '@/lib/domain/back-off';
import { Alarm, type Wait } from './alarm';
import { changesOf, type Heard } from './changes';
import type { ClusterFacts } from './facts';
import { GuestList } from './guests';
import { keepRunning } from './keep-running';
import { NodeCollector } from './node-collector';
import type { NodeDeps } from './node-deps';
import type { ClusterReads } from './reads';
import { missingRights } from './rights';
import { isRefused, sentenceOf } from './troubles';

const NODES_MS = 10_000;
const RIGHTS_MS = 60_000;
const VERSION_MS = 600_000;
// A cluster that is away costs nothing to ask, so its return is seen soon; a refused token costs it 3 s.
const AWAY_LONGEST_MS = 30_000;
const SHOWN_GAPS = 500;

export type ClusterInput = {
  id: string;
  name: string;
  /** Where people find it; the first address that answers. */
  url(): string | null;
  pollSeconds: number;
  reads: ClusterReads;
  store: CollectorStore;
  keepLogs: boolean;
  maxLogBytes: number;
  log: Logger;
  /** Milliseconds. */
  now(): number;
  wait: Wait;
  onFacts(): void;
};

/**
 * Follows one cluster: listens to `cluster/tasks` for changes, has the nodes' lists read where there are any, and keeps
 * an eye on which nodes there are and what the token may read.
 */
export class ClusterCollector {
  readonly id: string;
  readonly #input: ClusterInput;
  readonly #guests: GuestList;
  readonly #nodes = new Map<string, NodeCollector>();
  readonly #upkeep: Alarm;
  readonly #runs: Promise<void>[] = [];
  #heard: Heard = new Map();
  #unfinished: readonly Unfinished[] = [];
  #strangersDoubted = false;
  #gaps: readonly Gap[] = [];
  #state: ClusterFacts['state'] = 'starting';
  #since: number;
  #asOf: number | null = null;
  #error: string | null = null;
  #backOff: BackOff = RESTED;
  #version: string | null = null;
  #missing: readonly string[] = [];
  #aclPaths: ReadonlySet<string> | null = null;
  #rightsAt = 0;
  #versionAt = 0;

  constructor(input: ClusterInput) {
    this.id = input.id;
    this.#input = input;
    this.#since = input.now();
    this.#guests = new GuestList(input.reads.guests, input.now);
    this.#upkeep = new Alarm(input.wait);
  }

  /** Every path that an ACL of the cluster names; null while the token could not read them. */
  get aclPaths(): ReadonlySet<string> | null {
    return this.#aclPaths;
  }

  facts(): ClusterFacts {
    const nodes = [...this.#nodes.values()].map((node) => node.facts(this.#asOf));
    return {
      id: this.id,
      name: this.#input.name,
      url: this.#input.url(),
      state: this.#state,
      asOf: this.#asOf,
      since: this.#since,
      version: this.#version,
      error: this.#error,
      retryAt: this.#backOff.failures > 0 ? this.#backOff.retryAt : null,
      logsToFetch: nodes.reduce((sum, node) => sum + node.logsToFetch, 0),
      missingRights: this.#missing,
      gaps: this.#gaps,
      nodes,
    };
  }

  /** Until the signal aborts and what was begun has ended. */
  async run(signal: AbortSignal): Promise<void> {
    const { store } = this.#input;
    this.#unfinished = await store.runningTasks(this.id);
    this.#gaps = (await store.gaps(this.id)).slice(-SHOWN_GAPS);
    const { log, wait } = this.#input;
    await Promise.allSettled([
      keepRunning((s) => this.#watch(s), { log, wait }, signal),
      keepRunning((s) => this.#keepUp(s), { log, wait }, signal),
    ]);
    await Promise.allSettled(this.#runs);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { reads, now, wait, pollSeconds } = this.#input;
    for (;;) {
      const startedAt = now();
      try {
        const { heard, changed } = changesOf(this.#heard, await reads.clusterTasks(signal));
        this.#heard = heard;
        this.#answered();
        for (const [node, tasks] of changed) this.#nodes.get(node)?.hear(tasks);
        // What this process does not know as a node may have joined the cluster since.
        if ([...changed.keys()].some((node) => !this.#nodes.has(node))) this.#upkeep.ring();
      } catch (error) {
        signal.throwIfAborted();
        this.#failed(error);
      }
      const next = this.#backOff.failures > 0 ? this.#backOff.retryAt : startedAt + pollSeconds * 1_000;
      await wait(Math.max(next - now(), 0), signal);
    }
  }

  #answered(): void {
    const { now, log, onFacts } = this.#input;
    this.#asOf = now();
    this.#backOff = RESTED;
    if (this.#state === 'ok') return;
    log.info({ was: this.#state }, 'cluster answers');
    this.#become('ok', null);
    for (const node of this.#nodes.values()) node.reopen();
    this.#upkeep.ring();
    onFacts();
  }

  #failed(error: unknown): void {
    const { now, log, name } = this.#input;
    const refused = isRefused(error);
    this.#backOff = failed(this.#backOff, now(), refused ? undefined : AWAY_LONGEST_MS);
    if (this.#backOff.failures === 1) log.warn({ err: error }, 'cluster cannot be read');
    const sentence = refused
      ? `${name} refuses the collector's token. Its tasks are not updated until a valid one is set.`
      : sentenceOf(error);
    this.#become(refused ? 'refused' : 'away', sentence);
  }

  #become(state: ClusterFacts['state'], error: string | null): void {
    if (this.#state !== state) this.#since = this.#input.now();
    const isNews = this.#state !== state || this.#error !== error;
    this.#state = state;
    this.#error = error;
    if (isNews) this.#input.onFacts();
  }

  /** Which nodes there are, what the token may read, and the version: each at its own interval while the cluster answers. */
  async #keepUp(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (this.#state === 'ok') {
        try {
          await this.#look(signal);
        } catch (error) {
          signal.throwIfAborted();
          this.#input.log.debug({ err: error }, 'upkeep failed');
          if (isRefused(error)) this.#failed(error);
        }
      }
      await this.#upkeep.wait(this.#state === 'ok' ? NODES_MS : Number.POSITIVE_INFINITY, signal);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { reads, now, onFacts } = this.#input;
    const members = new Map((await reads.nodes(signal)).map(({ node, online }) => [node, online]));
    for (const node of members.keys()) if (!this.#nodes.has(node)) this.#add(node, signal);
    await this.#doubtStrangers();
    for (const [name, node] of this.#nodes) node.setOnline(members.get(name) ?? false);
    if (now() >= this.#rightsAt) {
      this.#missing = missingRights(await reads.permissions(signal), [...members.keys()]);
      this.#aclPaths = this.#missing.includes('Sys.Audit on /access') ? null : new Set(await reads.aclPaths(signal));
      this.#rightsAt = now() + RIGHTS_MS;
      onFacts();
    }
    if (now() >= this.#versionAt) {
      this.#version = await reads.version(signal);
      this.#versionAt = now() + VERSION_MS;
    }
  }

  /** A node that left the cluster while nobody looked has no collector of its own that could say so of its tasks. */
  async #doubtStrangers(): Promise<void> {
    if (this.#strangersDoubted) return;
    const strangers = new Set(
      this.#unfinished.map(({ listedBy }) => listedBy).filter((node) => !this.#nodes.has(node)),
    );
    for (const node of strangers) await this.#input.store.markNode(this.id, node, 'unknown');
    this.#strangersDoubted = true;
  }

  #add(node: string, signal: AbortSignal): void {
    const { reads, store, now, wait, keepLogs, maxLogBytes, onFacts } = this.#input;
    const log = this.#input.log.child({ node });
    const deps: NodeDeps = {
      ...{ cluster: this.id, node, reads, store, guests: this.#guests, now, wait, log, keepLogs, maxLogBytes, onFacts },
      isOpen: () => this.#state === 'ok',
      hasSignal: () => !this.#missing.includes('Sys.Audit on /'),
      onTrouble: (error) => this.#failed(error),
      onGap: (gap) => {
        this.#gaps = [...this.#gaps, gap].slice(-SHOWN_GAPS);
        log.warn({ from: gap.from, to: gap.to }, 'tasks may be missing');
      },
    };
    const unfinished = this.#unfinished.filter((task) => task.listedBy === node);
    const collector = new NodeCollector(deps, unfinished);
    this.#nodes.set(node, collector);
    this.#runs.push(keepRunning((s) => collector.run(s), { log, wait }, signal));
    onFacts();
  }
}

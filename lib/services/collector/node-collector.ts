import type { Unfinished } from '@/lib/archive/archive';
import type { SeenTask } from '@/lib/domain/task';
import type { NodeFacts } from './facts';
import type { NodeDeps } from './node-deps';
import { NodeLogs } from './node-logs';
import { NodeSweeps } from './node-sweeps';

/** One node's part of the collector: its list and its logs, each at its own pace, so that no node waits for another. */
export class NodeCollector {
  readonly node: string;
  readonly #deps: NodeDeps;
  readonly #sweeps: NodeSweeps;
  readonly #logs: NodeLogs;

  constructor(deps: NodeDeps, unfinished: readonly Unfinished[]) {
    this.node = deps.node;
    this.#deps = deps;
    this.#logs = new NodeLogs(deps);
    this.#sweeps = new NodeSweeps(deps, (tasks) => this.#logs.swept(tasks));
    this.#sweeps.remember(unfinished);
  }

  hear(tasks: readonly SeenTask[]): void {
    this.#sweeps.hear(tasks);
  }

  setOnline(online: boolean): void {
    this.#sweeps.setOnline(online);
  }

  /** The cluster answers again after it did not. */
  reopen(): void {
    this.#sweeps.reopen('recent');
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#sweeps.run(signal), this.#logs.run(signal)]);
  }

  /** `heardAt`: when `cluster/tasks` last spoke for all nodes (ms). */
  facts(heardAt: number | null): NodeFacts {
    const { away, online, lastSweepAt, running, error, retryAt } = this.#sweeps;
    const isWell = online && !away && lastSweepAt !== null;
    return {
      node: this.node,
      state: online ? (isWell ? 'online' : 'unknown') : 'offline',
      // No news is good news of a node that lives, as long as the cluster would tell of changes.
      asOf: isWell && this.#deps.hasSignal() ? Math.max(lastSweepAt, heardAt ?? 0) : lastSweepAt,
      lastSweepAt,
      running,
      logsToFetch: this.#logs.toFetch,
      error,
      retryAt,
    };
  }
}

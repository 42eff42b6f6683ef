import { Stats } from '../http/stats.ts';
import { broadcastRows } from '../tasks/rows.ts';
import type { Task } from '../tasks/task-table.ts';
import { startWorker, type WorkerOrder } from '../tasks/worker.ts';
import { Clock } from './clock.ts';
import type { Cluster, NodeState, SimNode } from './model.ts';
import { type Random, randomFrom } from './random.ts';
import type { Simulation, Timing } from './simulation.ts';

const BOOKKEEPING_MS = 10_000;

/** What opens and closes a node's port; the engine only says when. */
export type Door = { open(): Promise<number>; close(): Promise<void>; dropConnections(): void };

/** Runs the clusters: workers, the 10 s bookkeeping of pvestatd, nodes that go and come back. */
export class Engine implements Simulation {
  clusters: Cluster[] = [];
  readonly clock = new Clock();
  readonly stats = new Stats();
  readonly random: Random;
  readonly timing: Timing;
  readonly loose: boolean;
  readonly doors = new Map<SimNode, Door>();
  #generations = new Map<SimNode, number>();
  #thaw = new Map<SimNode, { promise: Promise<void>; resolve: () => void }>();
  #timers: NodeJS.Timeout[] = [];

  constructor(options: { seed: number; timing: Timing; loose: boolean }) {
    this.random = randomFrom(options.seed);
    this.timing = options.timing;
    this.loose = options.loose;
  }

  /** Begins the bookkeeping; `cleanupMinutes` 0 never deletes old logs. */
  run(cleanupMinutes: number): void {
    for (const cluster of this.clusters) {
      for (const node of cluster.nodes) {
        tell(node);
        this.#timers.push(setInterval(() => this.#keepBooks(cluster, node), BOOKKEEPING_MS));
        if (cleanupMinutes > 0) {
          this.#timers.push(setInterval(() => node.tasks.deleteOldLogs(), cleanupMinutes * 60_000));
        }
      }
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const cluster of this.clusters) {
      for (const node of cluster.nodes) for (const task of node.tasks.running) task.worker?.vanish();
    }
  }

  start(cluster: Cluster, node: SimNode, order: Omit<WorkerOrder, 'random'>): Task {
    const random = this.random.fork(`${cluster.id}/${node.name}/${node.tasks.nextPid()}/${order.type}`);
    const host = {
      table: node.tasks,
      clock: this.clock,
      speed: this.timing.speed,
      changed: () => tell(node),
      generation: () => this.#generations.get(node) ?? 0,
    };
    return startWorker(host, { ...order, random });
  }

  async setState(cluster: Cluster, node: SimNode, state: NodeState): Promise<void> {
    const before = node.state;
    node.state = state;
    if (state === 'frozen' && before !== 'frozen') this.#freeze(node);
    if (state !== 'frozen') this.#thaw.get(node)?.resolve();
    if (state === 'crashed') for (const task of [...node.tasks.running]) task.worker?.vanish();
    if (before === 'crashed' && state === 'up') this.#boot(cluster, node);
    const door = this.doors.get(node);
    if (['down', 'crashed', 'proxy-down'].includes(state)) await door?.close();
    else await door?.open();
    tell(node);
  }

  restartDaemon(cluster: Cluster, node: SimNode, daemon: 'pvedaemon' | 'pmxcfs'): void {
    if (daemon === 'pvedaemon') {
      this.#generations.set(node, (this.#generations.get(node) ?? 0) + 1);
      this.doors.get(node)?.dropConnections();
    } else {
      node.lost = new Set(cluster.nodes.filter(isCut).map((other) => other.name));
    }
  }

  thawed(node: SimNode): Promise<void> {
    return (node.state === 'frozen' ? this.#thaw.get(node)?.promise : undefined) ?? Promise.resolve();
  }

  #freeze(node: SimNode): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#thaw.set(node, { promise, resolve });
  }

  /** Guests are off after a power loss; the uptime begins anew. */
  #boot(cluster: Cluster, node: SimNode): void {
    node.bootedAt = this.clock.seconds();
    for (const guest of cluster.guests.values()) if (guest.node === node.name) guest.status = 'stopped';
    this.#keepBooks(cluster, node);
  }

  /** pvestatd: notices workers whose parent is gone, and rewrites the list for the cluster. */
  #keepBooks(cluster: Cluster, node: SimNode): void {
    if (node.state === 'frozen' || node.state === 'crashed') return;
    for (const task of [...node.tasks.running]) {
      if (task.exitStatus !== undefined) node.tasks.archive(task, task.exitStatus, this.clock.seconds());
    }
    tell(node);
    if (!isCut(node)) for (const other of cluster.nodes) other.lost.delete(node.name);
  }
}

const isCut = (node: SimNode): boolean => ['down', 'crashed', 'frozen'].includes(node.state);

/** A node that the others cannot hear keeps its last broadcast in their lists: the ghosts (4.2). */
function tell(node: SimNode): void {
  if (!isCut(node)) node.tasks.broadcast = broadcastRows(node.tasks);
}

import { readOptions } from '@/e2e/simulator/options';
import { type Announcement, type Simulator, startSimulator } from '@/e2e/simulator/simulator';
import { GrowingLog } from '@/e2e/simulator/tasks/log-file';
import { finalLine, type Script } from '@/e2e/simulator/tasks/script';
import type { Task } from '@/e2e/simulator/tasks/task-table';
import type { WorkerOrder } from '@/e2e/simulator/tasks/worker';
import type { Cluster, NodeState, SimNode } from '@/e2e/simulator/world/model';

type Place = { cluster?: string; node?: string };
type What = { type?: string; id?: string; user?: string };

/** A task whose worker does what the test says, when it says so; ended with null it leaves no final line. */
export type Puppet = { task: Task; upid: string; write(text: string): void; end(status?: string | null): void };

/** A simulated world inside the test's own process: tests start tasks in it, cut nodes off and look at its bytes. */
export class World {
  readonly simulator: Simulator;

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  get clusters(): Announcement['clusters'] {
    return this.simulator.announcement.clusters;
  }

  get users(): Announcement['users'] {
    return this.simulator.announcement.users;
  }

  cluster(id = this.clusters[0]?.id): Cluster {
    return found(
      this.simulator.engine.clusters.find((one) => one.id === id),
      `cluster ${id}`,
    );
  }

  node({ cluster, node }: Place = {}): SimNode {
    const { nodes } = this.cluster(cluster);
    return found(node === undefined ? nodes[0] : nodes.find(({ name }) => name === node), `node ${node}`);
  }

  /** Starts a worker that plays a script of the simulator. */
  start(order: Place & What & { script: Script } & Pick<WorkerOrder, 'onTerm' | 'ignoresTerm'>): Task {
    const { cluster, node, type = 'imgcopy', id = '', user = 'root@pam', ...rest } = order;
    return this.simulator.engine.start(this.cluster(cluster), this.node(order), { type, id, user, ...rest });
  }

  /** Starts a worker that writes and ends at the test's word. */
  puppet(order: Place & What & Pick<WorkerOrder, 'onTerm' | 'ignoresTerm'> = {}): Puppet {
    const idle: Script = function* script() {
      for (;;) yield { afterMs: 1_000_000_000, text: '' };
    };
    const task = this.start({ ...order, script: idle });
    return {
      task,
      upid: task.upid,
      write: (text) => task.worker?.append(text),
      end: (status = 'OK') => task.worker?.finish(status ?? undefined),
    };
  }

  /** A task of the past. `text` gets the final line of `status` unless that is `unexpected status`. */
  past(order: Place & What & { startedAt: Date; seconds?: number; status?: string; text?: string }): Task {
    const { type = 'imgcopy', id = '', user = 'root@pam', startedAt, seconds = 60, status = 'OK', text = '' } = order;
    const { tasks } = this.node(order);
    const ended = Math.floor(startedAt.getTime() / 1000) + seconds;
    const log = new GrowingLog(ended);
    const task = tasks.open({ type, id, user }, startedAt.getTime(), log);
    log.append(status === 'unexpected status' ? text : `${text}${finalLine(status)}`, ended);
    tasks.archive(task, status, ended);
    return task;
  }

  async setNode(state: NodeState, place: Place = {}): Promise<void> {
    await this.simulator.engine.setState(this.cluster(place.cluster), this.node(place), state);
  }

  /** All nodes of a cluster at once. */
  async setCluster(state: NodeState, id?: string): Promise<void> {
    const cluster = this.cluster(id);
    for (const node of cluster.nodes) await this.simulator.engine.setState(cluster, node, state);
  }

  /** How often Proxmox was asked since the last reset, by call. */
  asked(matching: (call: { who: string; call: string; node: string }) => boolean = () => true): number {
    const { calls } = this.simulator.engine.stats.report();
    return calls.filter(matching).reduce((sum, { count }) => sum + count, 0);
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }
}

/** `args` as for the simulator's command line; nothing new happens in this world by itself, and a 401 takes 50 ms. */
export async function openWorld(args: readonly string[] = []): Promise<World> {
  const defaults = ['--port', '0', '--rate', '0', '--fast-401', '--scenario', 'empty', '--clusters', 'lab'];
  const options = readOptions([...defaults, '--unreachable-ms', '100', ...args]);
  if (options === 'help') throw new Error('--help is no world');
  return new World(await startSimulator(options));
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`This world has no ${what}`);
  return value;
}

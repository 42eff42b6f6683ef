import type { Stats } from '../http/stats.ts';
import type { Task } from '../tasks/task-table.ts';
import type { WorkerOrder } from '../tasks/worker.ts';
import type { Clock } from './clock.ts';
import type { Cluster, NodeState, SimNode } from './model.ts';
import type { Random } from './random.ts';

export type Timing = {
  /** How long every 401 takes; Proxmox: 3000. */
  refusalMs: number;
  /** How long a member waits for a frozen one; Proxmox: 30000. */
  frozenMs: number;
  /** How long a member needs to find that another is gone; measured 700 to 3000. */
  unreachableMs: number;
  /** How much faster than life tasks run. */
  speed: number;
};

/** Everything that goes on: what routes and the control port act upon. */
export type Simulation = {
  clusters: Cluster[];
  clock: Clock;
  random: Random;
  timing: Timing;
  stats: Stats;
  /** Numbers become texts at random places of answers (1.3). */
  loose: boolean;
  start(cluster: Cluster, node: SimNode, order: Omit<WorkerOrder, 'random'>): Task;
  setState(cluster: Cluster, node: SimNode, state: NodeState): Promise<void>;
  restartDaemon(cluster: Cluster, node: SimNode, daemon: 'pvedaemon' | 'pmxcfs'): void;
  /** Resolves at once, or when a frozen node runs again. */
  thawed(node: SimNode): Promise<void>;
};

import { RecalledLog, rehearse } from '../tasks/log-file.ts';
import type { Task } from '../tasks/task-table.ts';
import type { Cluster, SimNode } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import { type Order, type Scene, someActivity } from './activities.ts';
import { backupJob, dailyUpdate, oddities } from './jobs.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type DayPlan = {
  /** Tasks per node by hand and by automation, next to the scheduled ones. */
  tasksPerNode: number;
  /** Hours of the day (UTC) at which the backup job of every guest runs. */
  backupHours: readonly number[];
  /** Lines of its longest log. */
  longLog: number;
};

type Planned = { atMs: number; order: Order };

/** Fills the indexes of a cluster with the last 24 hours, as seen from `nowMs`. */
export function seedDay(cluster: Cluster, random: Random, plan: DayPlan, nowMs: number): void {
  for (const [at, node] of cluster.nodes.entries()) {
    const scene: Scene = { cluster, node, random: random.fork(node.name), now: Math.floor(nowMs / 1000) };
    const planned = [...scheduled(scene, plan, nowMs), ...byHand(scene, plan.tasksPerNode, nowMs)];
    if (at === 0) planned.push(...oddOnes(plan.longLog, nowMs));
    remember(node, planned, scene.random.fork('logs'), nowMs);
  }
}

function scheduled(scene: Scene, { backupHours }: DayPlan, nowMs: number): Planned[] {
  const midnight = nowMs - (nowMs % DAY_MS);
  const planned: Planned[] = [];
  for (const day of [midnight - DAY_MS, midnight]) {
    for (const hour of backupHours) {
      const order = backupJob(scene, hour < 6 ? 'pbs' : 'nas');
      if (order) planned.push({ atMs: day + hour * HOUR_MS + 4000, order });
    }
    planned.push({ atMs: day + 3.7 * HOUR_MS + scene.random.int(0, HOUR_MS), order: dailyUpdate(scene) });
  }
  return planned.filter(({ atMs }) => atMs > nowMs - DAY_MS);
}

/** People work by day: a moment of the night is drawn again three times of four. */
function byHand(scene: Scene, count: number, nowMs: number): Planned[] {
  const moment = (): number => {
    const atMs = nowMs - scene.random.next() * DAY_MS;
    const hour = new Date(atMs).getUTCHours();
    return (hour < 6 || hour > 20) && scene.random.chance(0.75) ? moment() : atMs;
  };
  return Array.from({ length: count }, () => ({ atMs: moment(), order: someActivity(scene) }));
}

const oddOnes = (longLines: number, nowMs: number): Planned[] =>
  oddities(longLines).map((order, at) => ({ atMs: nowMs - 4 * HOUR_MS + at * 61_000, order }));

/** Opens the tasks in the order of their starts and archives them in the order of their ends. */
function remember(node: SimNode, planned: Planned[], random: Random, nowMs: number): void {
  const ended: { task: Task; status: string; endMs: number }[] = [];
  for (const { atMs, order } of planned.sort((a, b) => a.atMs - b.atMs)) {
    const recipe = { script: order.script, seed: random.int(0, 2 ** 31), startedAtMs: atMs };
    const { tookMs, status } = rehearse(recipe);
    const endMs = atMs + tookMs;
    if (endMs >= nowMs - 1000) continue;
    const log = new RecalledLog(recipe, Math.floor(endMs / 1000));
    ended.push({ task: node.tasks.open(order, atMs, log), status, endMs });
  }
  for (const { task, status, endMs } of ended.sort((a, b) => a.endMs - b.endMs)) {
    node.tasks.archive(task, status, Math.floor(endMs / 1000));
  }
}

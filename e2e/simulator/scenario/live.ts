import type { Cluster } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import type { Simulation } from '../world/simulation.ts';
import { someActivity } from './activities.ts';
import { backupJob } from './jobs.ts';

/** Keeps a cluster busy: about `perMinute` new tasks on all its nodes together, and a job now and then. */
export function keepBusy(simulation: Simulation, cluster: Cluster, random: Random, perMinute: number): () => void {
  let timer: NodeJS.Timeout;
  const next = (): void => {
    timer = setTimeout(
      () => {
        begin();
        next();
      },
      (-Math.log(1 - random.next()) * 60_000) / perMinute,
    );
  };
  const begin = (): void => {
    const up = cluster.nodes.filter(({ state }) => state === 'up' || state === 'down');
    if (up.length === 0) return;
    const node = random.pick(up);
    const scene = { cluster, node, random, now: cluster.clock.seconds() };
    const order = random.chance(0.02) ? backupJob(scene, 'pbs') : undefined;
    simulation.start(cluster, node, order ?? someActivity(scene));
  };
  next();
  return () => clearTimeout(timer);
}

/** Something to watch from the first second on: a long backup on the first node, a migration elsewhere. */
export function startSomething(simulation: Simulation, cluster: Cluster, random: Random): void {
  for (const node of cluster.nodes.slice(0, 2)) {
    const scene = { cluster, node, random, now: cluster.clock.seconds() };
    const job = backupJob(scene, 'pbs', 0.1);
    if (job) simulation.start(cluster, node, job);
  }
}

import { accessRoutes } from './api/access.ts';
import { bulkRoutes } from './api/bulk.ts';
import { clusterRoutes } from './api/cluster.ts';
import { clusterLogRoute } from './api/cluster-log.ts';
import { guestRoutes } from './api/guests.ts';
import { nodeRoutes } from './api/nodes.ts';
import { taskRoutes } from './api/tasks.ts';
import { userRoutes } from './api/users.ts';
import { openControl } from './control/server.ts';
import { certificateFor } from './http/certificate.ts';
import { Listener } from './http/listener.ts';
import { Router } from './http/route.ts';
import type { Options } from './options.ts';
import { type ClusterPlan, makeCluster, numbered, PLANS } from './scenario/clusters.ts';
import { type DayPlan, seedDay } from './scenario/day.ts';
import { keptMoment } from './scenario/kept-moment.ts';
import { keepBusy, startSomething } from './scenario/live.ts';
import { recordedLab, startRecorded } from './scenario/recorded-lab.ts';
import { SCENARIOS, type Scenario } from './scenario/scenarios.ts';
import { Engine } from './world/engine.ts';
import type { Cluster } from './world/model.ts';
import { type Version, versionOf } from './world/version.ts';

const ROUTES = [
  ...accessRoutes,
  ...userRoutes,
  ...clusterRoutes,
  clusterLogRoute,
  ...nodeRoutes,
  ...taskRoutes,
  ...guestRoutes,
  ...bulkRoutes,
];

export type Announcement = {
  event: 'listening';
  clusters: { id: string; name: string; urls: string[]; fingerprint: string; fingerprints: string[]; token: string }[];
  /** Address of the control port. */
  control: string | null;
  users: { user: string; password: string; tfa?: object; can: string }[];
};

export type Simulator = { engine: Engine; announcement: Announcement; stop(): Promise<void> };

/** Builds the scenario's clusters, opens a port for each node and lets the day go on. */
export async function startSimulator(options: Options): Promise<Simulator> {
  const { seed, refusalMs, frozenMs, unreachableMs, speed, loose } = options;
  const engine = new Engine({ seed, loose, timing: { refusalMs, frozenMs, unreachableMs, speed } });
  const scenario = SCENARIOS[options.scenario];
  const nowMs = options.keepDay ? keptMoment(options.stateDir, engine.clock.now()) : engine.clock.now();
  engine.clusters = makeClusters(engine, options, nowMs);
  await openDoors(engine, options);
  const quiet: (() => void)[] = [];
  for (const cluster of engine.clusters) {
    const random = engine.random.fork(`day of ${cluster.id}`);
    const plan = PLANS.find(({ id }) => id === cluster.id);
    if (scenario.day && plan) seedDay(cluster, random, dayOf(plan, scenario.day), nowMs);
  }
  engine.run(options.cleanupMinutes);
  if (options.scenario === 'recorded-lab') startRecorded(engine);
  for (const cluster of engine.clusters) {
    const random = engine.random.fork(`live ${cluster.id}`);
    const rate = options.rate ?? scenario.rate;
    if (scenario.inProgress) startSomething(engine, cluster, random);
    if (rate > 0) quiet.push(keepBusy(engine, cluster, random, rate));
  }
  const control = options.controlPort === undefined ? undefined : await openControl(engine, options.controlPort);
  return {
    engine,
    announcement: announce(engine, control?.url ?? null),
    stop: async () => {
      for (const hush of quiet) hush();
      engine.stop();
      await control?.close();
      await Promise.all([...engine.doors.values()].map((door) => door.close()));
    },
  };
}

const dayOf = (plan: ClusterPlan, day: NonNullable<Scenario['day']>): DayPlan => ({
  ...day,
  tasksPerNode: Math.round(day.tasksPerNode * plan.busy),
  longLog: plan.longLog,
});

function makeClusters(engine: Engine, options: Options, nowMs: number): Cluster[] {
  const version = (id: string): Version => versionOf(options.pveOf.get(id) ?? options.pve);
  if (options.scenario === 'recorded-lab') return [recordedLab(version('lab'), engine.clock, engine.random)];
  return plansFor(options).map((plan) =>
    makeCluster(plan, version(plan.id), engine.clock, engine.random.fork(plan.id), nowMs),
  );
}

function plansFor({ clusters, nodes }: Options): typeof PLANS {
  const plans = PLANS.filter(({ id }) => !clusters || clusters.includes(id));
  if (plans.length === 0) throw new Error(`--clusters: none of ${PLANS.map(({ id }) => id).join(', ')} is named`);
  return plans.map((plan) =>
    nodes === undefined || plan.nodes.length < 3
      ? plan
      : { ...plan, nodes: numbered('fra', nodes), guests: nodes * 10 },
  );
}

async function openDoors(engine: Engine, { port, stateDir }: Options): Promise<void> {
  const router = new Router(ROUTES);
  let next = port;
  for (const cluster of engine.clusters) {
    for (const node of cluster.nodes) {
      const certificate = certificateFor(stateDir, `${cluster.id}.${node.name}`);
      const door = new Listener({ simulation: engine, cluster, entry: node, router }, certificate, next);
      engine.doors.set(node, door);
      node.fingerprint = certificate.fingerprint;
      node.url = `https://127.0.0.1:${await door.open()}`;
      if (port !== 0) next += 1;
    }
  }
}

function announce(engine: Engine, control: string | null): Announcement {
  const accounts = [...(engine.clusters[0]?.accounts.users.values() ?? [])];
  return {
    event: 'listening',
    control,
    clusters: engine.clusters.map(describe),
    users: accounts
      .filter(({ password }) => password !== '')
      .map(({ userid, password, can, factors }) => ({
        user: userid,
        password,
        ...(Object.keys(factors).length > 0 ? { tfa: factors } : {}),
        can,
      })),
  };
}

const describe = (cluster: Cluster): Announcement['clusters'][number] => ({
  id: cluster.id,
  name: cluster.name ?? cluster.id,
  urls: cluster.nodes.map(({ url }) => url),
  fingerprint: cluster.nodes[0]?.fingerprint ?? '',
  fingerprints: cluster.nodes.map(({ fingerprint }) => fingerprint),
  token: cluster.accounts.collector,
});

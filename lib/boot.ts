import 'server-only';
import type { Logger } from 'pino';
import type { OpenArchive } from '@/lib/archive/archive';
import { openArchive } from '@/lib/archive/open';
import { ConfigError } from '@/lib/config/config-error';
import { loadConfig } from '@/lib/config/load';
import type { Config } from '@/lib/config/schema';
import { AppError, isAppError } from '@/lib/domain/errors';
import { log } from '@/lib/log';
import { openCluster, type PveCluster } from '@/lib/proxmox/cluster';
import { type Collector, createCollector } from '@/lib/services/collector/collector';
import { createTailHub, type TailHub } from '@/lib/services/log-tail/hub';
import { ApiTokens } from '@/lib/services/rights/api-tokens';
import { RightsCache } from '@/lib/services/rights/rights';
import { HalfTickets } from '@/lib/services/sign-in/half-tickets';
import { KnownBrowsers } from '@/lib/services/sign-in/known-browser';
import { Realms } from '@/lib/services/sign-in/realms';
import { renewTicket } from '@/lib/services/sign-in/renew-ticket';
import { createSeal, deriveKey } from '@/lib/services/sign-in/seal';
import type { Door } from '@/lib/services/sign-in/sign-in';
import { Throttle } from '@/lib/services/sign-in/throttle';
import { TicketVault } from '@/lib/services/sign-in/ticket-vault';
import { ChangeFeed } from '@/lib/services/tasks/change-feed';

/** Everything of this process, built once. */
export type App = {
  config: Config;
  log: Logger;
  archive: OpenArchive;
  clusters: ReadonlyMap<string, PveCluster>;
  collector: Collector;
  tails: TailHub;
  changes: ChangeFeed;
  vault: TicketVault;
  door: Door;
  realms: Realms;
  rights: RightsCache;
  tokens: ApiTokens;
  /** Aborts when the process is told to stop: streams, loops and the archive end with it. */
  stopping: AbortSignal;
};

type State = { starting?: Promise<App>; app?: App };

// Next evaluates modules several times in one process; a module variable would be several things.
const KEY = Symbol.for('taskscope');
const shared = globalThis as typeof globalThis & { [KEY]?: State };
shared[KEY] ??= {};
const state: State = shared[KEY];

/**
 * Starts the process once: configuration, archive, sessions, collector. A cluster that cannot be reached does not matter;
 * a wrong setting or an archive that cannot be opened ends the process with one sentence.
 */
export function boot(): void {
  state.starting ??= start().then(
    (app) => {
      state.app = app;
      return app;
    },
    (error: unknown) => {
      // What the operator can mend is one sentence; the rest is ours to find, with its stack.
      if (isAppError(error) || error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
      else log.fatal({ err: error }, 'start failed');
      process.exit(1);
    },
  );
}

/** The app as soon as it can serve: a first request waits for the archive and the sessions. Throws `unavailable` before boot. */
export function ready(): Promise<App> {
  return state.starting ?? Promise.reject(new AppError('unavailable', 'Taskscope is not started in this process.'));
}

/** The app when it can serve now, else undefined: for probes, which must not wait. */
export const appNow = (): App | undefined => state.app;

async function start(): Promise<App> {
  process.umask(0o077); // task logs and sealed tickets are for this user alone, whatever folder they are kept in
  const config = loadConfig(process.env);
  log.level = config.logLevel;
  const { databaseUrl, dataDir } = config;
  const archive = await openArchive(databaseUrl ? { databaseUrl: databaseUrl.reveal() } : { dataDir });
  const app = build(config, archive);
  await app.vault.load();
  const work = [app.collector.run(app.stopping), app.vault.run(app.stopping)];
  const ended = Promise.allSettled(work.map((part) => part.catch(logUnlessStopping(app.stopping))));
  app.stopping.addEventListener('abort', () => void stop(app, ended), { once: true });
  const place = databaseUrl ? { database: 'Postgres' } : { dataDir };
  log.info({ clusters: config.clusters.map(({ id }) => id), ...place }, 'started');
  return app;
}

function build(config: Config, archive: OpenArchive): App {
  const now = Date.now;
  const opened = config.clusters.map((cluster) => ({ ...cluster, cluster: openCluster(cluster) }));
  const clusters = new Map(opened.map(({ cluster }) => [cluster.id, cluster]));
  const asNobody = new Map(opened.map(({ cluster }) => [cluster.id, cluster.as({ kind: 'none' })]));
  const key = (purpose: string) => deriveKey(config.authSecret.reveal(), purpose);
  const throttle = new Throttle(now);
  const rights = new RightsCache(now);
  const readers = opened.map(({ cluster, token, pollSeconds }) => ({ cluster, token: token.reveal(), pollSeconds }));
  const stopping = stopSignal();
  return {
    config,
    log,
    archive,
    clusters,
    collector: createCollector({
      clusters: readers,
      archive,
      keepLogs: config.logs.keep,
      maxLogBytes: config.logs.maxBytesPerTask,
      log,
      now,
    }),
    tails: createTailHub({ clusters: readers, log, now }),
    changes: new ChangeFeed(archive, now),
    vault: new TicketVault({
      store: archive,
      seal: createSeal(key('sessions')),
      limits: config.session,
      renew: renewTicket((cluster) => asNobody.get(cluster)),
      log,
      now,
    }),
    door: {
      cluster: (id) => asNobody.get(id),
      throttle,
      halfTickets: new HalfTickets(now),
      knownBrowsers: new KnownBrowsers(key('known browsers'), now),
    },
    realms: new Realms(
      opened.map(({ cluster }) => ({ id: cluster.id, name: cluster.name, pve: cluster.as({ kind: 'none' }) })),
      now,
    ),
    rights,
    tokens: new ApiTokens(rights, throttle, now),
    stopping,
  };
}

function stopSignal(): AbortSignal {
  const stopper = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => stopper.abort(new AppError('unavailable', 'Taskscope is stopping.')));
  }
  return stopper.signal;
}

/**
 * Streams end by the same signal; the archive closes behind those who write to it. Next may end the process before that,
 * as soon as its last connection is closed, which costs nothing: the archive also survives being killed.
 */
async function stop(app: App, ended: Promise<unknown>): Promise<void> {
  await ended;
  await app.archive.close().catch((err: unknown) => log.error({ err }, 'archive not closed'));
  await Promise.allSettled([...app.clusters.values()].map((cluster) => cluster.close()));
  log.info({}, 'stopped');
}

const logUnlessStopping = (stopping: AbortSignal) => (err: unknown) => {
  if (!stopping.aborted) log.error({ err }, 'a part of the process ended');
};

import { resolve } from 'node:path';
import { ownSecret } from './auth-secret';
import { ConfigError, placeOf, refusal, type Written } from './config-error';
import { readText, readWritten } from './overlay';
import { type ClusterConfig, type Config, Settings, type Trust } from './schema';
import { isPem } from './values';

const NOTHING_CONFIGURED =
  'No cluster is configured: set PVE_URL and PVE_TOKEN, or list clusters in config.yaml (docs/config.sample.yaml shows how), or run "npm run demo" to look around without one.';

/**
 * The configuration: the file, the environment over it, defaults below both, frozen. Makes the data folder and its
 * secret when there is none. Throws ConfigError with the one sentence that the operator needs.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // The built server changes its folder before it reads anything, so the launcher says where it was started.
  const home = env.TASKSCOPE_HOME ?? process.cwd();
  const written = readWritten(Settings, env, home);
  if (isEmpty(written.settings.clusters)) throw new ConfigError(NOTHING_CONFIGURED);
  refuseClustersWithoutToken(written);
  const { data: settings, error } = Settings.safeParse(written.settings);
  if (settings === undefined) throw refusal(Settings, written, error.issues[0] as (typeof error.issues)[number]); // never empty
  agree(written, settings);
  const { session, logs } = settings;
  const dataDir = resolve(home, settings.data_dir);
  return freeze({
    clusters: settings.clusters.map((cluster, index) => toCluster(written, cluster, index)),
    dataDir,
    ...(settings.database_url === undefined ? {} : { databaseUrl: settings.database_url }),
    port: settings.port,
    bind: settings.bind,
    ...(settings.public_url === undefined ? {} : { publicUrl: settings.public_url }),
    basePath: settings.base_path,
    trustedProxies: settings.trusted_proxies,
    authSecret: settings.auth_secret ?? ownSecret(dataDir),
    logLevel: settings.log_level,
    ...(settings.metrics_token === undefined ? {} : { metricsToken: settings.metrics_token }),
    logs: { keep: logs.keep, maxBytesPerTask: logs.max_bytes_per_task },
    session: { idleMs: session.idle, absoluteMs: session.absolute },
    timeZone: settings.time_zone,
    actions: settings.actions,
    demo: env.TASKSCOPE_DEMO === '1',
  });
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Product rule: said with the cluster's name, before anything else about it. */
function refuseClustersWithoutToken(written: Written): void {
  const { clusters } = written.settings;
  if (!Array.isArray(clusters)) return;
  for (const [index, cluster] of clusters.entries()) {
    const { id, token } = Object(cluster) as { id?: unknown; token?: unknown };
    if (token !== undefined && token !== null && token !== '') continue;
    const place = placeOf(written, ['clusters', index, 'token']);
    throw new ConfigError(
      `Cluster ${JSON.stringify(id ?? index)} has no token: ${place} is missing, expected an API token as user@realm!name=secret.`,
    );
  }
}

/** What no single setting can know. */
function agree(written: Written, settings: Settings): void {
  const place = (...path: PropertyKey[]) => placeOf(written, path);
  const ids = settings.clusters.map((cluster) => cluster.id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0)
    throw new ConfigError(
      `${place('clusters', twice, 'id')} is ${JSON.stringify(ids[twice])}, expected an id that no other cluster has.`,
    );
  if (settings.database_url !== undefined && settings.auth_secret === undefined) {
    throw new ConfigError(
      `AUTH_SECRET is missing, expected at least 16 characters, the same for every instance, because ${place('database_url')} is set.`,
    );
  }
  if (settings.session.absolute < settings.session.idle) {
    throw new ConfigError(
      `${place('session', 'absolute')} is shorter than session.idle, expected a duration such as 7d, not shorter than idle.`,
    );
  }
  const path = settings.public_url && new URL(settings.public_url).pathname.replace(/\/$/, '');
  if (path !== undefined && path !== settings.base_path) {
    const wanted = settings.base_path || '/ (BASE_PATH is not set)';
    throw new ConfigError(
      `${place('public_url')} is ${JSON.stringify(settings.public_url)}, expected an address whose path is BASE_PATH, ${wanted}.`,
    );
  }
}

function toCluster(written: Written, cluster: Settings['clusters'][number], index: number): ClusterConfig {
  const { id, name = id, urls, token } = cluster;
  return { id, name, urls, token, trust: trustOf(written, cluster, index), pollSeconds: cluster.poll_seconds };
}

function trustOf(written: Written, { fingerprints, ca_file }: Settings['clusters'][number], index: number): Trust {
  if (ca_file === undefined) return fingerprints === undefined ? { kind: 'system' } : { kind: 'pinned', fingerprints };
  const place = placeOf(written, ['clusters', index, 'ca_file']);
  if (fingerprints !== undefined)
    throw new ConfigError(`${place} is set beside fingerprints, expected one of the two.`);
  const sentence = () => `${place} is ${JSON.stringify(ca_file)}, expected a file with certificates in PEM`;
  const pem = readText(ca_file, sentence);
  if (!isPem(pem)) throw new ConfigError(`${sentence()}.`);
  return { kind: 'ca', pem };
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part);
  return Object.freeze(value);
}

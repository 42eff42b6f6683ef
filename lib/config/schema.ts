import { z } from 'zod';
import type { Secret } from './secret';
import { setting } from './settings';
import {
  basePath,
  clusterUrl,
  duration,
  fingerprint,
  isPostgresUrl,
  list,
  network,
  publicUrl,
  secret,
  size,
  timeZone,
  wholeNumber,
} from './values';

const flag = (value: boolean, description: string) =>
  setting(z.boolean().default(value), { description, expected: 'true or false' });

const ClusterSettings = z.strictObject({
  id: setting(z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/), {
    description: 'Names the cluster in links and searches. Never rename it.',
    expected: 'lower-case letters, digits and inner hyphens',
    env: 'PVE_ID',
    sample: 'lab',
    defaultText: '`pve`',
  }),
  name: setting(z.string().trim().min(1).max(80).optional(), {
    description: 'What people are shown; the id when absent.',
    expected: 'a name of 1 to 80 characters',
    sample: 'Lab',
  }),
  urls: setting(list(clusterUrl), {
    description: 'Addresses of the API. Several are nodes of the same cluster and are tried in order.',
    expected: 'https://host:8006, one or several',
    env: 'PVE_URL',
    sample: ['https://pve1.example:8006', 'https://pve2.example:8006'],
  }),
  token: setting(
    secret((text) => /^[^\s!@]+@[^\s!@]+![A-Za-z][A-Za-z0-9._-]+=\S+$/.test(text)),
    {
      description: "The collector's API token; the role PVEAuditor on / is enough.",
      expected: 'an API token as user@realm!name=secret',
      env: 'PVE_TOKEN',
      secret: true,
      sample: '/run/secrets/lab',
    },
  ),
  fingerprints: setting(list(fingerprint).optional(), {
    description: 'SHA-256 of the certificates to trust. Neither this nor ca_file: the CAs of the system.',
    expected: 'SHA-256 fingerprints of 32 hex pairs',
    env: 'PVE_FINGERPRINT',
    sample: [Array(32).fill('AB').join(':')],
  }),
  ca_file: setting(z.string().min(1).optional(), {
    description: 'A file with the CA certificates to trust (PEM), as /etc/pve/pve-root-ca.pem.',
    expected: 'a file with certificates in PEM',
    env: 'PVE_CA_FILE',
    path: true,
    sample: '/etc/taskscope/pve-root-ca.pem',
  }),
  poll_seconds: setting(wholeNumber(1, 60).default(2), {
    description: 'How often cluster/tasks is read.',
    expected: 'a whole number from 1 to 60',
  }),
});

const RetentionRule = z.strictObject({
  search: setting(z.string(), { description: 'Which tasks.', expected: 'a search', sample: 'result = success' }),
  after: setting(duration, {
    description: 'How long after their end.',
    expected: 'a duration such as 30d or 1y',
    sample: '30d',
  }),
  everything: flag(false, 'Whether an empty search may mean every task.'),
});

/**
 * Every setting of the product, as the file spells it. Environment variables are laid over the file by `env`. The
 * README's table and docs/config.sample.yaml are printed from this.
 */
export const Settings = z.strictObject({
  clusters: setting(z.array(ClusterSettings).min(1), {
    description: 'The clusters to watch.',
    expected: 'a list of clusters',
  }),
  config_file: setting(z.string().optional(), {
    description: 'The file with several clusters and any of the settings below.',
    expected: 'a YAML file that can be read',
    env: 'CONFIG_FILE',
    envOnly: true,
    defaultText: '`config.yaml` when it is there',
  }),
  data_dir: setting(z.string().min(1).default('./data'), {
    description: 'Where the SQLite files, the logs and the generated secret (mode 0600) are kept.',
    expected: 'a folder that can be written to',
    env: 'DATA_DIR',
    path: true,
  }),
  database_url: setting(secret(isPostgresUrl).optional(), {
    description:
      'Keeps the archive in this Postgres database (15 or newer, in UTF-8) instead of DATA_DIR. Several instances may share it; they need the same AUTH_SECRET.',
    expected: 'postgres://user:password@host:5432/database',
    env: 'DATABASE_URL',
    secret: true,
    sample: '/run/secrets/database-url',
  }),
  port: setting(wholeNumber(1, 65_535).default(3000), {
    description: 'The port to listen on.',
    expected: 'a whole number from 1 to 65535',
    env: 'PORT',
  }),
  bind: setting(
    z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/)
      .default('127.0.0.1'),
    {
      description: 'The address to listen on.',
      expected: 'an address or host name of this machine, without port',
      env: 'BIND',
    },
  ),
  public_url: setting(publicUrl.optional(), {
    description: 'The address browsers use, with path, as https://ops.example/tasks. Its path must be BASE_PATH.',
    expected: 'http(s)://host[/path]',
    env: 'PUBLIC_URL',
    sample: 'https://tasks.example',
  }),
  base_path: setting(basePath.default(''), {
    description: 'The path below which everything is served, as /tasks. Changing it makes the next start build again.',
    expected: 'a path such as /tasks',
    env: 'BASE_PATH',
    envOnly: true,
  }),
  trusted_proxies: setting(list(network).default([]), {
    description: 'Reverse proxies whose X-Forwarded-* headers count. From anyone else they are dropped.',
    expected: 'addresses or networks such as 127.0.0.1 or 10.0.0.0/8',
    env: 'TRUSTED_PROXIES',
    sample: ['127.0.0.1'],
    defaultText: 'none',
  }),
  auth_secret: setting(secret((text) => text.length >= 16).optional(), {
    description: 'Seals sessions and the tickets kept on the server.',
    expected: 'at least 16 characters',
    env: 'AUTH_SECRET',
    secret: true,
    sample: '/run/secrets/taskscope',
    defaultText: 'generated into `DATA_DIR` on first start; must be set with `DATABASE_URL`',
  }),
  log_level: setting(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'), {
    description: 'The least severe message that is logged.',
    expected: 'fatal, error, warn, info, debug, trace or silent',
    env: 'LOG_LEVEL',
  }),
  metrics_token: setting(secret((text) => text.length > 0).optional(), {
    description: 'Bearer token for /api/metrics.',
    expected: 'a text that is not empty',
    env: 'METRICS_TOKEN',
    secret: true,
    sample: '/run/secrets/metrics',
  }),
  logs: z
    .strictObject({
      keep: flag(true, 'Store the logs of ended tasks.'),
      max_bytes_per_task: setting(size.prefault('1GiB'), {
        description: 'Beyond it only head and tail of a log are kept, with a visible gap.',
        expected: 'a size such as 1GiB or 64MiB',
      }),
    })
    .prefault({}),
  retention: z
    .strictObject({
      rules: setting(z.array(RetentionRule).min(1), {
        description: 'The first rule that fits a task decides. Read but not carried out by this version.',
        expected: 'a list of { search, after }',
      }),
      at: setting(
        z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
          .default('03:30'),
        {
          description: 'The time of day.',
          expected: 'a time of day such as "03:30", in quotes',
        },
      ),
    })
    .optional(),
  session: z
    .strictObject({
      idle: setting(duration.prefault('12h'), {
        description: 'A session unused for this long ends.',
        expected: 'a duration such as 12h',
      }),
      absolute: setting(duration.prefault('7d'), {
        description: 'No session lives longer.',
        expected: 'a duration such as 7d, not shorter than idle',
      }),
    })
    .prefault({}),
  time_zone: setting(timeZone.prefault('browser'), {
    description: 'Whose midnight days begin at: browser, or an IANA name.',
    expected: 'browser, or an IANA name such as Europe/Vienna',
  }),
  actions: z
    .strictObject({
      stop: flag(true, 'Stopping a task, by anyone whom Proxmox lets.'),
      runs: flag(true, 'Bulk runs, by anyone whom Proxmox lets. No effect in this version.'),
      unlock: flag(false, 'Unlocking guests, which is dangerous. No effect in this version.'),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** How a cluster's certificate is verified; there is no way not to. */
export type Trust = { kind: 'system' } | { kind: 'ca'; pem: string } | { kind: 'pinned'; fingerprints: string[] };

export type ClusterConfig = {
  id: string;
  name: string;
  urls: string[];
  token: Secret;
  trust: Trust;
  pollSeconds: number;
};

/** The configuration, complete and frozen. */
export type Config = {
  clusters: ClusterConfig[];
  /** Absolute. */
  dataDir: string;
  /** The archive is there and not in `dataDir`. */
  databaseUrl?: Secret;
  port: number;
  bind: string;
  /** Without a trailing slash. */
  publicUrl?: string;
  /** Empty, or with a leading and no trailing slash. */
  basePath: string;
  trustedProxies: string[];
  authSecret: Secret;
  logLevel: Settings['log_level'];
  metricsToken?: Secret;
  logs: { keep: boolean; maxBytesPerTask: number };
  session: { idleMs: number; absoluteMs: number };
  /** `browser`, or an IANA name. */
  timeZone: string;
  actions: { stop: boolean; runs: boolean; unlock: boolean };
  /** The bundled simulator is what is shown, and the pages say so. */
  demo: boolean;
};

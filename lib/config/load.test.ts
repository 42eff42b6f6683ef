import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from './load';

const TOKEN = 'collector@pve!taskscope=0b3c8f3e-5a0f-4c6b-9a51-canary000001';
const SHA256 = Array(32).fill('ab').join(':');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'taskscope-config-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};
const load = (env: Record<string, string> = {}) => loadConfig({ TASKSCOPE_HOME: home, ...env });
const loadOne = (env: Record<string, string> = {}) => load({ PVE_URL: 'https://pve:8006', PVE_TOKEN: TOKEN, ...env });

/** The sentence a start is refused with. It never holds a secret, and it is one. */
function refused(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    const { name, message } = error as Error;
    expect(name).toBe('ConfigError');
    expect(message).not.toContain('canary');
    expect(message).toMatch(/^[^\n]+\.$/);
    return message;
  }
  throw new Error('it was accepted');
}

test('an archive in Postgres, with the secret that its instances share', () => {
  const url = 'postgres://u:p@db.example:5432/taskscope';
  const config = loadOne({ DATABASE_URL: url, AUTH_SECRET: '0123456789abcdef' });
  expect(config.databaseUrl?.reveal()).toBe(url);
  expect(JSON.stringify(config)).not.toContain(url);
});

describe('what is there when nothing but a cluster is configured', () => {
  test('the documented defaults', () => {
    const config = loadOne();
    expect(config.clusters).toMatchObject([
      { id: 'pve', name: 'pve', urls: ['https://pve:8006'], trust: { kind: 'system' }, pollSeconds: 2 },
    ]);
    expect(config.clusters[0]?.token.reveal()).toBe(TOKEN);
    expect(config).toMatchObject({
      dataDir: join(home, 'data'),
      port: 3000,
      bind: '127.0.0.1',
      basePath: '',
      trustedProxies: [],
      logLevel: 'info',
      logs: { keep: true, maxBytesPerTask: 2 ** 30 },
      session: { idleMs: 12 * 3_600_000, absoluteMs: 7 * 86_400_000 },
      timeZone: 'browser',
      actions: { stop: true, runs: true, unlock: false },
      demo: false,
    });
    expect(config.publicUrl).toBeUndefined();
    expect(config.metricsToken).toBeUndefined();
  });

  test('a secret that is made once, for the owner alone', () => {
    const first = loadOne().authSecret.reveal();
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(loadOne().authSecret.reveal()).toBe(first);
    expect(statSync(join(home, 'data', 'auth-secret')).mode & 0o777).toBe(0o600);
  });

  test('a configuration that nobody can change', () => {
    const config = loadOne();
    expect(() => Object.assign(config.session, { idleMs: 1 })).toThrow(TypeError);
  });
});

describe('the file and the environment', () => {
  const FILE = `
clusters:
  - { id: lab, name: Lab, urls: [https://pve1:8006, https://pve2:8006/], token_file: secrets-lab, fingerprints: ["${SHA256}"], poll_seconds: 5 }
  - { id: edge, urls: https://edge:8006, token: "${TOKEN}" }
data_dir: kept
port: 4000
logs: { keep: false, max_bytes_per_task: 64MiB }
session: { idle: 30m, absolute: 2d }
retention: { rules: [{ search: "result = success", after: 30d }, { search: "", after: 1y, everything: true }], at: "03:30" }
time_zone: Europe/Vienna
`;

  test('config.yaml is read when it is there, its paths from its own folder', () => {
    file('config.yaml', FILE);
    file('secrets-lab', `${TOKEN}\n`);
    const config = load();
    expect(config.clusters).toMatchObject([
      {
        id: 'lab',
        name: 'Lab',
        urls: ['https://pve1:8006', 'https://pve2:8006'],
        trust: { kind: 'pinned', fingerprints: [SHA256.toUpperCase()] },
        pollSeconds: 5,
      },
      { id: 'edge', name: 'edge', urls: ['https://edge:8006'] },
    ]);
    expect(config.clusters[0]?.token.reveal()).toBe(TOKEN);
    expect(config).toMatchObject({
      dataDir: join(home, 'kept'),
      port: 4000,
      logs: { keep: false, maxBytesPerTask: 64 * 2 ** 20 },
      session: { idleMs: 1_800_000, absoluteMs: 172_800_000 },
      timeZone: 'Europe/Vienna',
    });
  });

  test('a variable wins over the file, and an empty one is not set', () => {
    file('config.yaml', FILE.replace('secrets-lab', file('t', TOKEN)));
    expect(load({ PORT: '4001', DATA_DIR: '', BIND: '::1' })).toMatchObject({
      port: 4001,
      bind: '::1',
      dataDir: join(home, 'kept'),
    });
  });

  test('CONFIG_FILE names another file', () => {
    const path = file('other.yml', FILE.replace('secrets-lab', file('t', TOKEN)));
    expect(load({ CONFIG_FILE: path }).port).toBe(4000);
  });

  test('one cluster needs no file: lists are comma separated, secrets come from files', () => {
    const config = load({
      PVE_URL: 'https://a:8006, https://b:8006',
      PVE_TOKEN_FILE: file('token', `${TOKEN}\n`),
      PVE_FINGERPRINT: `${SHA256},${SHA256.replaceAll('ab', 'CD')}`,
      PVE_ID: 'home',
      AUTH_SECRET_FILE: file('auth', 'sixteen-or-more-characters\n'),
      METRICS_TOKEN: 'm',
      TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8, fd00::/8',
    });
    expect(config.clusters[0]).toMatchObject({ id: 'home', urls: ['https://a:8006', 'https://b:8006'] });
    expect(config.clusters[0]?.trust).toMatchObject({
      kind: 'pinned',
      fingerprints: [expect.any(String), expect.any(String)],
    });
    expect(config.authSecret.reveal()).toBe('sixteen-or-more-characters');
    expect(config.metricsToken?.reveal()).toBe('m');
    expect(config.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  });

  test('a CA file is trusted for its cluster', () => {
    const pem = rootCertificates[0] ?? '';
    file('ca.pem', pem);
    expect(loadOne({ PVE_CA_FILE: 'ca.pem' }).clusters[0]?.trust).toEqual({ kind: 'ca', pem });
  });

  test('the public address and the base path agree', () => {
    const config = loadOne({ PUBLIC_URL: 'https://ops.example/tasks/', BASE_PATH: '/tasks/' });
    expect(config).toMatchObject({ publicUrl: 'https://ops.example/tasks', basePath: '/tasks' });
  });
});

describe('a start is refused in one sentence', () => {
  test('with nothing configured, which says what to set and that there is a demo', () => {
    expect(refused(load)).toBe(
      'No cluster is configured: set PVE_URL and PVE_TOKEN, or list clusters in config.yaml (docs/config.sample.yaml shows how), or run "npm run demo" to look around without one.',
    );
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT is "abc", expected a whole number from 1 to 65535.'],
    [{ PORT: '70000' }, 'PORT is "70000", expected a whole number from 1 to 65535.'],
    [{ BIND: 'here:80/' }, 'BIND is "here:80/", expected an address or host name of this machine, without port.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud", expected fatal, error, warn, info, debug, trace or silent.'],
    [{ PVE_URL: 'http://pve:8006' }, 'PVE_URL is "http://pve:8006", expected https://host:8006, one or several.'],
    [{ PVE_URL: 'https://a,b' }, 'PVE_URL is "https://a,b", expected https://host:8006, one or several.'],
    [{ PVE_URL: 'https://root:canary@pve' }, 'PVE_URL is "https://…@pve", expected https://host:8006, one or several.'],
    [
      { PVE_TOKEN: 'canary' },
      'PVE_TOKEN has a value that cannot be used (not shown), expected an API token as user@realm!name=secret.',
    ],
    [{ PVE_FINGERPRINT: 'AB:CD' }, 'PVE_FINGERPRINT is "AB:CD", expected SHA-256 fingerprints of 32 hex pairs.'],
    [{ PVE_ID: 'Lab 1' }, 'PVE_ID is "Lab 1", expected lower-case letters, digits and inner hyphens.'],
    [
      { AUTH_SECRET: 'canary' },
      'AUTH_SECRET has a value that cannot be used (not shown), expected at least 16 characters.',
    ],
    [
      { TRUSTED_PROXIES: 'nginx' },
      'TRUSTED_PROXIES is "nginx", expected addresses or networks such as 127.0.0.1 or 10.0.0.0/8.',
    ],
    [{ PUBLIC_URL: 'ops.example' }, 'PUBLIC_URL is "ops.example", expected http(s)://host[/path].'],
    [{ BASE_PATH: 'a b' }, 'BASE_PATH is "a b", expected a path such as /tasks.'],
    [
      { PUBLIC_URL: 'https://ops.example/tasks' },
      'PUBLIC_URL is "https://ops.example/tasks", expected an address whose path is BASE_PATH, / (BASE_PATH is not set).',
    ],
    [
      { DATABASE_URL: 'mysql://u:canary@db/x' },
      'DATABASE_URL has a value that cannot be used (not shown), expected postgres://user:password@host:5432/database.',
    ],
    [
      { DATABASE_URL: 'postgres://u:canary@db/x' },
      'AUTH_SECRET is missing, expected at least 16 characters, the same for every instance, because DATABASE_URL is set.',
    ],
    [{ PVE_TOKEN_FILE: '/x' }, 'PVE_TOKEN_FILE is set beside PVE_TOKEN, expected one of the two.'],
    [
      { AUTH_SECRET_FILE: '/not/there' },
      'AUTH_SECRET_FILE is "/not/there", expected a file that can be read (ENOENT).',
    ],
    [{ CONFIG_FILE: '/not/there' }, 'CONFIG_FILE is "/not/there", expected a YAML file that can be read (ENOENT).'],
    [{ DATA_DIR: '/dev/null/x' }, 'DATA_DIR is "/dev/null/x", expected a folder that can be written to (ENOTDIR).'],
    [{ PVE_CA_FILE: '/dev/null' }, 'PVE_CA_FILE is "/dev/null", expected a file with certificates in PEM.'],
    [
      { PVE_CA_FILE: '/dev/null', PVE_FINGERPRINT: SHA256 },
      'PVE_CA_FILE is set beside fingerprints, expected one of the two.',
    ],
  ])('for %j', (env, sentence) => {
    expect(refused(() => loadOne(env))).toBe(sentence);
  });

  test('for a cluster without a token, or without an address', () => {
    expect(refused(() => load({ PVE_URL: 'https://pve:8006' }))).toBe(
      'Cluster "pve" has no token: PVE_TOKEN is missing, expected an API token as user@realm!name=secret.',
    );
    expect(refused(() => load({ PVE_TOKEN: TOKEN }))).toBe(
      'PVE_URL is missing, expected https://host:8006, one or several.',
    );
    file('config.yaml', 'clusters: [{ id: lab, urls: [https://pve:8006] }]');
    expect(refused(load)).toBe(
      'Cluster "lab" has no token: config.yaml: clusters[0].token is missing, expected an API token as user@realm!name=secret.',
    );
  });

  const cluster = (more: string, id = 'lab') => `{ id: ${id}, urls: [https://pve:8006], token: "${TOKEN}"${more} }`;
  test.each([
    [
      `clusters: [${cluster('')}, ${cluster('')}]`,
      'config.yaml: clusters[1].id is "lab", expected an id that no other cluster has.',
    ],
    [
      `clusters: [${cluster(', poll_seconds: 90')}]`,
      'config.yaml: clusters[0].poll_seconds is 90, expected a whole number from 1 to 60.',
    ],
    [
      `clusters: [${cluster(', verify: false')}]`,
      'config.yaml: clusters[0].verify is no setting of this version, expected one of those in docs/config.sample.yaml.',
    ],
    [`clusters: { lab: ${cluster('')} }`, 'config.yaml: clusters is a group of settings, expected a list of clusters.'],
    [
      'colour: red',
      'config.yaml: colour is no setting of this version, expected one of those in docs/config.sample.yaml.',
    ],
    ['base_path: /x', 'config.yaml: base_path has no place in the file, expected the environment variable BASE_PATH.'],
    [
      'logs: { max_bytes_per_task: 1 gig }',
      'config.yaml: logs.max_bytes_per_task is "1 gig", expected a size such as 1GiB or 64MiB.',
    ],
    ['logs: yes please', 'config.yaml: logs is "yes please", expected settings below it.'],
    ['session: { idle: soon }', 'config.yaml: session.idle is "soon", expected a duration such as 12h.'],
    [
      'session: { idle: 8d }',
      'config.yaml: session.absolute is shorter than session.idle, expected a duration such as 7d, not shorter than idle.',
    ],
    [
      'time_zone: Mars/Base',
      'config.yaml: time_zone is "Mars/Base", expected browser, or an IANA name such as Europe/Vienna.',
    ],
    ['actions: { unlock: 1 }', 'config.yaml: actions.unlock is 1, expected true or false.'],
    [
      'retention: { rules: [{ search: "", after: 3 }] }',
      'config.yaml: retention.rules[0].after is 3, expected a duration such as 30d or 1y.',
    ],
  ])('for a file with %s', (text, sentence) => {
    file('config.yaml', text.startsWith('clusters') ? text : `clusters: [${cluster('')}]\n${text}`);
    expect(refused(load)).toBe(sentence);
  });

  test('for a file that is no YAML, without printing what stands there', () => {
    file('config.yaml', 'auth_secret: "canary\nport: 1');
    expect(refused(load)).toMatch(/config\.yaml is no YAML at line \d, column \d+: [a-z ]+\.$/);
  });

  test('for clusters in both places', () => {
    file('config.yaml', `clusters: [${cluster('')}]`);
    expect(refused(loadOne)).toBe('PVE_URL is set although config.yaml has clusters, expected one or the other.');
  });

  test('for a kept secret that was damaged, which is not quietly replaced', () => {
    const { dataDir } = loadOne();
    writeFileSync(join(dataDir, 'auth-secret'), '');
    expect(refused(loadOne)).toMatch(/auth-secret holds no usable secret/);
  });
});

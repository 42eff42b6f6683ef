import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { die, inRoot, pinnedNode, root } from './project.mjs';
import { readSettings } from './serve.mjs';

/** Settings of the machine's owner that are not meant for a simulated world. */
const NOT_OURS =
  /^(PVE_|DATABASE_URL|DATA_DIR|CONFIG_FILE|PUBLIC_URL|TRUSTED_PROXIES|AUTH_SECRET|METRICS_TOKEN|BIND|NEXTAUTH_)/;

/**
 * Starts the simulator with its own folder and ports and writes a configuration for it. Gives back the environment of a
 * product that watches it, and the simulator's process.
 */
export async function startDemo({ folder, port, simulatorPort }) {
  for (const name of Object.keys(process.env)) if (NOT_OURS.test(name)) delete process.env[name];
  const home = inRoot('data', folder);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { simulator, world } = await startSimulator([
    '--port',
    simulatorPort,
    '--seed',
    '7',
    '--state-dir',
    `${home}/simulator`,
  ]);
  writeFileSync(`${home}/config.yaml`, configOf(world), { mode: 0o600 });
  const env = {
    TASKSCOPE_HOME: root,
    TASKSCOPE_DEMO: '1',
    CONFIG_FILE: `${home}/config.yaml`,
    DATA_DIR: home,
    BIND: '127.0.0.1',
    PORT: process.env.PORT || port,
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  };
  const settings = { ...env, ...(await readSettings(env)) };
  void announce(`http://127.0.0.1:${settings.PORT}${process.env.BASE_PATH ?? ''}`, world.users);
  return { env: settings, simulator };
}

function startSimulator(args) {
  const cli = inRoot('e2e/simulator/cli.ts');
  const simulator = spawn(pinnedNode(), [cli, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: root,
  });
  return new Promise((resolve) => {
    simulator.once('exit', (code) => die(`The simulator ended (${code}); its message is above.`));
    createInterface({ input: simulator.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.event === 'listening') resolve({ simulator, world: said });
    });
  });
}

/** JSON is YAML. */
function configOf({ clusters }) {
  const settings = clusters.map(({ id, name, urls, fingerprints, token }) => ({
    id,
    name,
    urls,
    token,
    fingerprints,
  }));
  return `# Written anew at each start.\n${JSON.stringify({ clusters: settings }, null, 2)}\n`;
}

async function announce(address, users) {
  while (!(await answers(`${address}/api/health/ready`))) await new Promise((resolve) => setTimeout(resolve, 50));
  const rows = users.map(({ user, password, tfa, can }) => [user, password, [can, ...secondFactors(tfa)].join('; ')]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)) + 3);
  const lines = rows.map(([user, password, can]) => `  ${user.padEnd(widths[0])}${password.padEnd(widths[1])}${can}`);
  process.stdout.write(
    `\nTaskscope shows a simulated world at ${address}\n\nSign in as user@realm, password:\n\n${lines.join('\n')}\n\nCtrl-C ends it.\n\n`,
  );
}

const secondFactors = ({ totp, recovery } = {}) => [
  ...(totp ? [`authenticator secret ${totp}`] : []),
  ...(recovery ? [`recovery keys ${recovery.join(' ')}`] : []),
];

const answers = (url) =>
  new Promise((resolve) => {
    get(url, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).once('error', () => resolve(false));
  });

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { serverEnvironment } from '../server/environment.mjs';
import { die, inRoot, pinnedNode, root } from './project.mjs';

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
    '--keep-day',
  ]);
  writeFileSync(`${home}/config.yaml`, configOf(world), { mode: 0o600 });
  // Known without reading the configuration back, which would take a tenth of the time a start may take.
  const address = { port: Number(process.env.PORT || port), bind: '127.0.0.1', basePath: process.env.BASE_PATH ?? '' };
  const env = {
    ...serverEnvironment({ ...address, trustedProxies: [] }, root),
    TASKSCOPE_DEMO: '1',
    CONFIG_FILE: `${home}/config.yaml`,
    DATA_DIR: home,
    BIND: address.bind,
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  };
  void announce(`http://127.0.0.1:${address.port}${address.basePath}`, world.users);
  return { env, simulator };
}

function startSimulator(args) {
  const cli = inRoot('e2e/simulator/cli.ts');
  const simulator = spawn(pinnedNode(), [cli, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: root,
  });
  return new Promise((resolve) => {
    const failed = (code) => die(`The simulator ended (${code}); its message is above.`);
    simulator.once('exit', failed);
    createInterface({ input: simulator.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.event !== 'listening') return;
      simulator.off('exit', failed); // from now on it ends together with the product
      resolve({ simulator, world: said });
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

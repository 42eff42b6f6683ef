// Behind every npm script. Runs under any Node from 18 on and without anything installed; installs, builds, and hands over
// to the pinned Node.
import { build, isBuilt } from './run/build.mjs';
import { check } from './run/check.mjs';
import { startDemo } from './run/demo.mjs';
import { install } from './run/install.mjs';
import { handOver, run } from './run/processes.mjs';
import { die, inRoot, pinnedNode, root } from './run/project.mjs';
import { readSettings, script, serveBuilt, serveSources } from './run/serve.mjs';
import { test } from './run/test.mjs';

const [command = 'start', ...args] = process.argv.slice(2);
process.chdir(root);
process.env.NODE_COMPILE_CACHE ??= inRoot('node_modules/.cache/node'); // a second start has half the work

const COMMANDS = {
  async start() {
    const home = { TASKSCOPE_HOME: root };
    if (!isBuilt()) await readSettings(home); // a wrong setting is told before the build, not after it
    await build();
    serveBuilt({ ...home, ...(await readSettings(home)) }, []);
  },
  async demo() {
    await build();
    const { env, simulator } = await startDemo({ folder: 'demo', port: '3100', simulatorPort: '18006' });
    serveBuilt(env, [simulator]);
  },
  async dev() {
    const { env, simulator } = await startDemo({ folder: 'dev', port: '3200', simulatorPort: '18106' });
    serveSources(env, [simulator]);
  },
  build,
  check: async () => process.exit(await check()),
  test: async () => process.exit(await test(args, {})),
  'test:long': async () => process.exit(await test(args, { TEST_LONG: '1' })),
  simulator: () => handOver(pinnedNode(), script('e2e/simulator/cli.ts', args)),
  seed: () => handOver(pinnedNode(), script('scripts/seed.ts', args)),
  'config-docs': async () => process.exit(await run(pinnedNode(), script('scripts/config-docs.ts'))),
  bench() {
    const [name, ...rest] = args;
    if (!/^[a-z-]+$/.test(name ?? '')) die('Name a bench: npm run bench -- NAME, one of the files in e2e/bench.');
    handOver(pinnedNode(), script(`e2e/bench/${name}.ts`, rest));
  },
};

if (!Object.hasOwn(COMMANDS, command))
  die(`There is no command ${command}, expected one of ${Object.keys(COMMANDS).join(', ')}.`);
await install();
await COMMANDS[command]();

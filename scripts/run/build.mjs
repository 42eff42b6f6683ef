import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { run } from './processes.mjs';
import { die, hashOf, inRoot, pinnedNode, readIfThere } from './project.mjs';

const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'instrumentation.ts', 'proxy.ts'],
  ...['next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
];
const STANDALONE = inRoot('.next/standalone');
const STAMP = inRoot('.next/standalone/.taskscope-build');

const isTest = (path) => /\.test(-support)?\.tsx?$|\/recordings$/.test(path);
const wanted = () => hashOf(SOURCES, process.env.BASE_PATH ?? '', isTest);

/** Whether what stands in .next was made of these very sources, this lock and this BASE_PATH. */
export const isBuilt = () => readIfThere(STAMP) === wanted() && existsSync(`${STANDALONE}/server.js`);

/** Builds the server into .next/standalone, with its static files beside it, unless it is there already. */
export async function build() {
  if (isBuilt()) return;
  const hash = wanted(); // before: what is edited during the build is not in it
  process.stderr.write('Building …\n');
  const next = inRoot('node_modules/next/dist/bin/next');
  const code = await run(pinnedNode(), [next, 'build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' });
  if (code !== 0) die('The build failed; its message is above.');
  cpSync(inRoot('.next/static'), `${STANDALONE}/.next/static`, { recursive: true });
  cpSync(inRoot('public'), `${STANDALONE}/public`, { recursive: true });
  writeFileSync(STAMP, hash);
}

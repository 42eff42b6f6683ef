import { pathToFileURL } from 'node:url';
import { handOver, runQuietly } from './processes.mjs';
import { inRoot, pinnedNode } from './project.mjs';

/** Arguments for the pinned Node with which TypeScript of this project runs unbundled. */
export const script = (path, args = []) => [
  '--import',
  pathToFileURL(inRoot('scripts/ts-paths.mjs')).href,
  inRoot(path),
  ...args,
];

const PRELOAD = pathToFileURL(inRoot('scripts/server/preload.ts')).href;

/** Reads the configuration: the server's environment, or the end of the run when a setting is wrong (the sentence is out). */
export async function readSettings(env = {}) {
  const { code, output } = await runQuietly(pinnedNode(), script('scripts/server/settings.ts'), env);
  if (code !== 0) process.exit(code);
  return JSON.parse(output);
}

/** Serves what was built; `others` are processes that end with it, and it with them. */
export function serveBuilt(env, others) {
  const server = ['--import', PRELOAD, inRoot('.next/standalone/server.js')];
  handOver(pinnedNode(), server, { ...env, NODE_ENV: 'production' }, others);
}

/** Serves the sources, reloading what changes. */
export function serveSources(env, others) {
  const next = [inRoot('node_modules/next/dist/bin/next'), 'dev', '--port', env.PORT, '--hostname', env.HOSTNAME];
  handOver(pinnedNode(), next, { ...env, NODE_OPTIONS: `--import ${PRELOAD}` }, others);
}

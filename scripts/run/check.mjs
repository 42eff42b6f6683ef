import { npm, run } from './processes.mjs';
import { inRoot, pinnedNode } from './project.mjs';

const bin = (name) => inRoot('node_modules/.bin', name);

const CHECKS = [
  ['format, lint, imports', () => run(pinnedNode(), [bin('biome'), 'check', '--error-on-warnings'])],
  ['types', types],
  ['dead exports', () => run(pinnedNode(), [bin('knip')])],
  ['lock', () => npm(['ci', '--dry-run', '--no-audit', '--no-fund', '--loglevel=error'])],
];

/** The types of our addresses first: those of the last build may be missing or old. */
async function types() {
  const routes = await run(pinnedNode(), [inRoot('node_modules/next/dist/bin/next'), 'typegen']);
  return routes || run(pinnedNode(), [bin('tsc'), '--noEmit']);
}

/** Formatting, lint and the import table, types, dead exports, the lock; all of them, whatever fails. 0 when all passed. */
export async function check() {
  const failed = [];
  for (const [name, task] of CHECKS) {
    process.stdout.write(`── check: ${name}\n`);
    if ((await task()) !== 0) failed.push(name);
  }
  process.stdout.write(failed.length > 0 ? `check failed: ${failed.join('; ')}\n` : 'check passed\n');
  return failed.length > 0 ? 1 : 0;
}

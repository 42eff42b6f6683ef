import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { BROWSER, DATABASE, prepareMachine } from './machine.mjs';
import { run } from './processes.mjs';
import { inRoot, pinnedNode } from './project.mjs';

const RESULTS = inRoot('test-results');
const VITEST = inRoot('test-results/vitest.json');
const PLAYWRIGHT = inRoot('test-results/playwright.json');

/** Everything, stage by stage. The last line sums up both runners: "N passed, N failed". 0 when all is well. */
export async function test(args, env) {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const stages = [
    ['check', check],
    ['unit, contract and property tests', () => vitest(args, env)],
    ['build', () => build().then(() => 0)],
    ['browser tests', () => playwright(args, env)],
  ];
  const failed = [];
  for (const [name, stage] of stages) {
    process.stdout.write(`\n━━ ${name}\n`);
    const began = Date.now();
    if ((await stage()) !== 0) failed.push(name);
    process.stdout.write(
      `━━ ${name}: ${failed.at(-1) === name ? 'failed' : 'passed'} after ${Math.round((Date.now() - began) / 1000)} s\n`,
    );
  }
  const counts = [vitestCounts(), playwrightCounts()];
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  process.stdout.write(failed.length > 0 ? `\nFailed: ${failed.join(', ')}\n` : '\nAll passed.\n');
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  return failed.length > 0 ? 1 : 0;
}

async function vitest(args, env) {
  const missing = await prepareMachine(DATABASE);
  if (missing.length > 0) process.stdout.write(`Missing, so some tests will fail: ${missing.join(', ')}\n`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`];
  return run(pinnedNode(), [inRoot('node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], {
    TZ: 'UTC',
    ...env,
  });
}

async function playwright(args, env) {
  const missing = await prepareMachine(BROWSER);
  if (missing.length > 0) {
    process.stdout.write(`Missing for the browser tests, install from your distribution: ${missing.join(', ')}\n`);
    return 1;
  }
  const cli = [inRoot('node_modules/@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts'];
  const json = { PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT, TZ: 'UTC' };
  return run(pinnedNode(), [...cli, '--reporter=list,json', ...args], { ...json, ...env });
}

/** A file that does not even load counts as one failure. */
function vitestCounts() {
  const result = read(VITEST);
  if (result === undefined) return { passed: 0, failed: 1 };
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return { passed: result.numPassedTests, failed: result.numFailedTests + broken };
}

/** A runner that did not get to its tests counts as one failure. */
function playwrightCounts() {
  const result = read(PLAYWRIGHT);
  if (result === undefined) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = result.stats;
  return { passed: expected + flaky, failed: unexpected + (unexpected === 0 ? result.errors.length : 0) };
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

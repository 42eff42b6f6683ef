import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'taskscope-boot-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A process that boots as the server does, with nothing else in it. */
function booted(env: Record<string, string>): { child: ChildProcess; text(): string; ended: Promise<number | null> } {
  const script = "import('./lib/boot.ts').then(({ boot }) => boot())";
  const child = spawn(process.execPath, ['--import', './scripts/ts-paths.mjs', '-e', script], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'test', TASKSCOPE_HOME: home, DATA_DIR: join(home, 'data'), ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
  return { child, text: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

const CLUSTER = { PVE_URL: 'https://127.0.0.1:1', PVE_TOKEN: 'taskscope@pve!collector=CANARY-SECRET' };

test.each([
  ['nothing configured', {}, /^No cluster is configured: .*\n$/],
  ['a wrong port', { ...CLUSTER, PORT: 'abc' }, /^PORT is "abc", expected .*\n$/],
  ['a wrong token', { ...CLUSTER, PVE_TOKEN: 'CANARY-SECRET' }, /^PVE_TOKEN has a value that cannot be used .*\n$/],
])('%s ends the process with one sentence and no secret', async (_name, env, sentence) => {
  const { text, ended } = booted(env);
  expect(await ended).toBe(1);
  expect(text()).toMatch(sentence);
  expect(text()).not.toContain('CANARY');
});

test('a cluster that cannot be reached does not stop the start; SIGTERM ends it in order', async () => {
  const { child, text, ended } = booted(CLUSTER);
  await expect.poll(text, { timeout: 10_000 }).toContain('"msg":"started"');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(text()).toContain('"msg":"stopped"');
  expect(text()).not.toContain('CANARY');
}, 20_000);

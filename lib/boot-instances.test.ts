import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchSimulator, type RunningSimulator } from '@/e2e/simulator/start';
import { anArchive, anAuditor, type TestArchive } from '@/lib/archive/an-archive.test-support';

// Two whole processes on one Postgres, and a third instance's archive that looks on.

const NODE = { cluster: 'lab', node: 'pve1' };

let simulator: RunningSimulator;
let archive: TestArchive;
let home: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'taskscope-instances-'));
  simulator = await launchSimulator(['--scenario', 'empty', '--clusters', 'lab']);
  archive = await anArchive('Postgres');
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await simulator.stop();
  await archive[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

function booted(): { child: ChildProcess; text(): string } {
  const [lab] = simulator.clusters;
  if (!lab || !('databaseUrl' in archive.place)) throw new Error('nothing to watch');
  const script = "import('./lib/boot.ts').then(({ boot }) => boot())";
  const child = spawn(process.execPath, ['--import', './scripts/ts-paths.mjs', '-e', script], {
    env: {
      ...{ PATH: process.env.PATH ?? '', NODE_ENV: 'test', TASKSCOPE_HOME: home, LOG_LEVEL: 'debug' },
      ...{
        PVE_ID: 'lab',
        PVE_URL: lab.urls.join(','),
        PVE_TOKEN: lab.token,
        PVE_FINGERPRINT: lab.fingerprints.join(','),
      },
      ...{ DATABASE_URL: archive.place.databaseUrl, AUTH_SECRET: 'the same on both of them' },
    },
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
  return { child, text: () => text };
}

const collects = ({ text }: { text(): string }): boolean => text().includes('"msg":"lease taken"');
const isKept = async (upid: string): Promise<boolean> =>
  (await archive.getTask(anAuditor(), { cluster: 'lab', upid })) !== undefined;

test('one of two instances collects; killed, the other takes over within 15 s and nothing is lost', async () => {
  const both = [booted(), booted()];
  await expect.poll(() => both.filter(collects).length, { timeout: 20_000 }).toBe(1);
  const before = await simulator.startTask({ ...NODE, type: 'qmstart', id: '100' });
  await expect.poll(() => isKept(before), { timeout: 20_000 }).toBe(true);
  expect(both.filter(collects)).toHaveLength(1);

  const heard = new Set<number>();
  archive.onChange(({ archiveIds }) => {
    for (const id of archiveIds) heard.add(id);
  });
  const [first] = both.filter(collects);
  first?.child.kill('SIGKILL');
  const killedAt = Date.now();
  const lost = Array.from({ length: 20 }, () => simulator.startTask({ ...NODE, type: 'qmstart', id: '101' }));
  const upids = await Promise.all(lost);
  await expect.poll(() => both.filter(collects).length, { timeout: 20_000 }).toBe(2);
  expect(Date.now() - killedAt).toBeLessThan(15_000);
  for (const upid of upids) await expect.poll(() => isKept(upid), { timeout: 20_000 }).toBe(true);
  expect(heard.size).toBeGreaterThanOrEqual(20);
  expect(await archive.gaps('lab')).toEqual([]);
}, 90_000);

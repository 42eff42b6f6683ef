import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchSimulator, type RunningSimulator } from '@/e2e/simulator/start';
import { anArchive, anAuditor, aRequest, type TestArchive } from '@/lib/archive/an-archive.test-support';
import type { Task } from '@/lib/domain/task';
import { openCluster, type PveCluster } from '@/lib/proxmox/cluster';
import { createTailHub, type TailHub } from '@/lib/services/log-tail/hub';
import { tailLines } from '@/lib/services/log-tail/tail-lines';
import { type Collector, createCollector } from './collector';

// The collector, the archive and the client as they are, against the simulator in a process of its own.

const PVE1 = { cluster: 'lab', node: 'pve1' };
const PVE2 = { cluster: 'lab', node: 'pve2' };

let simulator: RunningSimulator;
let archive: TestArchive;
let cluster: PveCluster;
let collector: Collector;
let tails: TailHub;
const stopping = new AbortController();
let running: Promise<void>;

beforeAll(async () => {
  simulator = await launchSimulator([
    ...['--scenario', 'empty', '--clusters', 'lab', '--fast-401', '--frozen-ms', '3000', '--unreachable-ms', '200'],
  ]);
  const lab = simulator.clusters[0];
  if (!lab) throw new Error('the simulator has no cluster');
  archive = await anArchive();
  cluster = openCluster({ ...lab, trust: { kind: 'pinned', fingerprints: lab.fingerprints } });
  const readers = [{ cluster, token: lab.token, pollSeconds: 1 }];
  const log = pino({ level: 'silent' });
  collector = createCollector({
    ...{ clusters: readers, archive, keepLogs: true, maxLogBytes: 1_000_000_000, log, now: Date.now },
  });
  tails = createTailHub({ clusters: readers, log, now: Date.now });
  running = collector.run(stopping.signal);
  await until('both nodes are swept', () => statusOf().nodes.filter((node) => node.lastSweepAt !== null).length === 2);
}, 60_000);

afterAll(async () => {
  stopping.abort();
  await running;
  await cluster.close();
  await archive[Symbol.asyncDispose]();
  await simulator.stop();
});

async function until(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<number> {
  const began = Date.now();
  for (;;) {
    if (await isTrue()) return Date.now() - began;
    if (Date.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const statusOf = () => collector.status()[0] ?? { state: 'none', error: null, nodes: [] };
const kept = (upid: string): Promise<Task | undefined> => archive.getTask(anAuditor(), { cluster: 'lab', upid });
const countKept = async (): Promise<number> => (await archive.searchTasks(aRequest({ perPage: 1 }))).total.count;

test('a task is kept within 3 s of its start and of its end, with guest, status and the exact bytes of its log', async () => {
  const upid = await simulator.startTask({
    ...PVE1,
    type: 'vzdump',
    id: '100',
    lines: ['ü\u001b[1m', 'INFO: x'],
    hold: true,
  });
  expect(await until('it runs', async () => (await kept(upid))?.state === 'running')).toBeLessThan(3_000);
  expect((await kept(upid))?.guest?.name).toBeTruthy();
  await simulator.finish(PVE1, upid, 'WARNINGS: 2');
  expect(await until('it ended', async () => (await kept(upid))?.exitStatus === 'WARNINGS: 2')).toBeLessThan(3_000);
  await until('its log is kept', async () => (await kept(upid))?.log !== null);
  const bytes = await archive.readLogBytes(anAuditor(), { cluster: 'lab', upid }, { from: 0, to: 1_000 });
  expect(await new Response(bytes?.bytes).text()).toBe('ü\u001b[1m\nINFO: x\nTASK WARNINGS: 2\n');
});

test('a burst of 640 tasks, and one of before that ends after them, are all kept, without a gap', async () => {
  const long = await simulator.startTask({ ...PVE2, type: 'qmigrate', id: '101', hold: true });
  await until('the long one runs', async () => (await kept(long)) !== undefined);
  const before = await countKept();
  const upids: string[] = [];
  for (let done = 0; done < 640; done += 40) {
    const some = Array.from({ length: 40 }, () => simulator.startTask({ ...PVE2, type: 'qmstart', id: '102' }));
    upids.push(...(await Promise.all(some)));
  }
  await simulator.finish(PVE2, long);
  await until('all are kept', async () => (await countKept()) === before + 640, 30_000);
  await until('the long one has ended', async () => (await kept(long))?.result === 'success');
  expect(new Set(upids).size).toBe(640);
  expect(collector.status()[0]?.gaps).toEqual([]);
}, 60_000);

test('a log that is followed loses no line and no half line, and fifty who follow it cost one reader', async () => {
  const upid = await simulator.startTask({ ...PVE1, type: 'vzdump', id: '100', lines: ['one'], hold: true });
  await until('it is kept', async () => (await kept(upid)) !== undefined);
  await until('all logs are fetched', () => collector.status()[0]?.logsToFetch === 0, 60_000);
  await simulator.resetStats();
  const seen = Array.from({ length: 50 }, () => [] as string[]);
  const following = seen.map(async (lines) => {
    const task = { ref: { cluster: 'lab', upid }, listedBy: 'pve1' };
    for await (const event of tailLines(tails, task, 0, stopping.signal)) {
      if (event.event === 'lines') for (const { n, t } of event.data.lines) lines[n - 1] = t;
    }
  });
  await until('the first line is read', () => seen[49]?.[0] === 'one');
  await simulator.append(PVE1, upid, 'ha');
  await until('half a line is shown', () => seen[0]?.[1] === 'ha');
  await simulator.append(PVE1, upid, 'lf\nthree\n');
  expect(await until('the whole line is', () => seen[0]?.[2] === 'three')).toBeLessThan(1_500);
  await simulator.finish(PVE1, upid);
  await Promise.all(following);
  for (const lines of seen) expect(lines).toEqual(['one', 'half', 'three', 'TASK OK']);
  const { calls } = await simulator.stats();
  const logCalls = calls.filter(({ call }) => /log/.test(call)).reduce((sum, { count }) => sum + count, 0);
  expect(logCalls).toBeLessThan(20);
}, 90_000);

test('running tasks of a lost node are unknown, not running for ever, and come right when it returns', async () => {
  const upid = await simulator.startTask({ ...PVE2, type: 'qmigrate', id: '101', hold: true });
  await until('it runs', async () => (await kept(upid))?.state === 'running');
  await simulator.setNode(PVE2, { state: 'down' });
  await until('it is unknown', async () => (await kept(upid))?.state === 'unknown', 30_000);
  const during = await simulator.startTask({ ...PVE1, type: 'qmstart', id: '100' });
  expect(await until('the other node goes on', async () => (await kept(during)) !== undefined)).toBeLessThan(3_000);
  await simulator.setNode(PVE2, { state: 'up' });
  await until('it is right again', async () => (await kept(upid))?.state !== 'unknown', 30_000);
  expect(statusOf().nodes.map((node) => node.state)).toEqual(['online', 'online']);
}, 90_000);

test('a token that is refused is said in words and comes right by itself', async () => {
  const userid = simulator.clusters[0]?.token.split('!')[0];
  await simulator.call('/users', { cluster: 'lab', userid, enabled: false });
  await until('it is refused', () => statusOf().state === 'refused', 15_000);
  expect(statusOf().error).toBe(
    "lab refuses the collector's token. Its tasks are not updated until a valid one is set.",
  );
  await simulator.call('/users', { cluster: 'lab', userid, enabled: true });
  const upid = await simulator.startTask({ ...PVE1, type: 'qmstart', id: '100' });
  await until('it is read again', async () => statusOf().state === 'ok' && (await kept(upid)) !== undefined, 60_000);
}, 90_000);

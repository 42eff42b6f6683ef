import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { aClock } from './a-clock.test-support';
import { aCluster } from './a-cluster.test-support';
import { aStore } from './a-store.test-support';
import { ClusterCollector } from './cluster-collector';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function aLab(nodes?: readonly string[]) {
  const clock = aClock();
  const lab = aCluster(clock, nodes);
  const kept = aStore();
  const begin = (keepLogs = true) => {
    const stopping = new AbortController();
    const collector = new ClusterCollector({
      ...{ id: 'lab', name: 'Lab', url: () => null, pollSeconds: 2, reads: lab.reads, store: kept.store, keepLogs },
      ...{ maxLogBytes: 1_000_000, log: pino({ level: 'silent' }), now: clock.now, wait: clock.wait },
      onFacts: () => undefined,
    });
    const ended = collector.run(stopping.signal);
    const stop = async () => {
      stopping.abort();
      await ended;
    };
    stops.push(stop);
    return { collector, stop };
  };
  const runMany = (node: string, many: number) =>
    Array.from({ length: many }, () => {
      const upid = lab.start(node);
      lab.end(node, upid);
      return upid;
    });
  return { clock, lab, kept, begin, runMany, row: (upid: string) => kept.rows.get(upid) };
}

test('the first start brings everything the nodes hold, then the logs, newest end first, and records no gap', async () => {
  const { clock, kept, begin, runMany, lab } = aLab(['pve1', 'pve2']);
  const old = lab.start('pve1');
  await clock.pass(5_000);
  const upids = runMany('pve1', 700);
  await clock.pass(1_000);
  lab.end('pve1', old);
  runMany('pve2', 3);
  const { collector } = begin();
  await clock.pass(3_000);
  expect(kept.rows.size).toBe(704);
  expect([...kept.rows.values()].filter((row) => row.log === null)).toEqual([]);
  expect(kept.logOrder.filter((upid) => upid === old || upids.includes(upid))[0]).toBe(old);
  expect(kept.gaps).toEqual([]);
  expect(collector.facts()).toMatchObject({ state: 'ok', version: '9.2.11', logsToFetch: 0, missingRights: [] });
});

test('a task is kept within 3 s of its start and of its end, with its guest and its log', async () => {
  const { clock, lab, begin, row } = aLab();
  lab.world.guests = new Map([[100, { vmid: 100, type: 'qemu', name: 'web-1', tags: [], pool: null }]]);
  begin();
  await clock.pass(10_000);
  const upid = lab.start('pve1', { type: 'qmstart', id: '100' });
  await clock.pass(3_000);
  expect(row(upid)).toMatchObject({ state: 'running', guest: 'web-1' });
  lab.end('pve1', upid);
  await clock.pass(3_000);
  expect(row(upid)).toMatchObject({ state: 'stopped', end: { status: 'OK' } });
  expect(row(upid)?.log?.toString()).toBe('INFO: begun\nTASK OK\n');
});

test('a task of hours ends in the archive although thousands began and ended after it', async () => {
  const { clock, lab, kept, begin, runMany, row } = aLab();
  begin();
  const long = lab.start('pve1');
  await clock.pass(4_000);
  for (let hour = 0; hour < 6; hour++) {
    runMany('pve1', 400);
    await clock.pass(4_000);
  }
  lab.end('pve1', long);
  runMany('pve1', 300);
  await clock.pass(4_000);
  expect(row(long)?.end?.status).toBe('OK');
  expect(kept.rows.size).toBe(2_701);
  expect(kept.gaps).toEqual([]);
});

test('a burst that outruns the short list is read in full; one that outruns the index is a gap with node and time', async () => {
  const { clock, lab, kept, begin, runMany } = aLab(['pve1', 'pve2']);
  runMany('pve1', 10);
  const { collector } = begin();
  await clock.pass(10_000);
  runMany('pve1', 640);
  await clock.pass(4_000);
  expect(kept.rows.size).toBe(650);
  expect(kept.gaps).toEqual([]);
  const before = clock.now();
  lab.node('pve1').keeps = 600;
  runMany('pve1', 900);
  await clock.pass(4_000);
  expect(kept.rows.size).toBe(1_250);
  expect(kept.gaps).toHaveLength(1);
  expect(kept.gaps[0]).toMatchObject({ cluster: 'lab', node: 'pve1' });
  expect(kept.gaps[0]?.from).toBeLessThanOrEqual(before / 1_000);
  expect(collector.facts().gaps).toEqual(kept.gaps);
});

test('after a restart the gap begins at the last reading before it', async () => {
  const { clock, lab, kept, begin, runMany } = aLab();
  runMany('pve1', 5);
  const lastEnd = Math.floor(clock.now() / 1_000);
  const first = begin();
  await clock.pass(5_000);
  await first.stop();
  await clock.pass(3_600_000);
  lab.node('pve1').keeps = 600;
  runMany('pve1', 700);
  begin();
  await clock.pass(5_000);
  expect(kept.gaps).toMatchObject([{ node: 'pve1', from: lastEnd, to: lastEnd + 3_605 }]);
});

test('running tasks of a node that goes away are unknown, and right again when it is back', async () => {
  const { clock, lab, begin, row } = aLab(['pve1', 'pve2']);
  const { collector } = begin();
  const stays = lab.start('pve2');
  const ends = lab.start('pve2');
  const elsewhere = lab.start('pve1');
  await clock.pass(5_000);
  lab.node('pve2').state = 'down';
  await clock.pass(15_000);
  expect(row(stays)?.state).toBe('unknown');
  expect(row(elsewhere)?.state).toBe('running');
  expect(collector.facts().nodes.find((node) => node.node === 'pve2')).toMatchObject({ state: 'offline' });
  lab.node('pve2').state = 'up';
  lab.end('pve2', ends, 'unexpected status', 'cut off');
  await clock.pass(15_000);
  expect(row(stays)?.state).toBe('running');
  expect(row(ends)?.end?.status).toBe('unexpected status');
  expect(collector.facts().nodes.every((node) => node.state === 'online' && node.error === null)).toBe(true);
});

test('a node that takes 30 s for its list delays no other, and its own tasks come by cluster/tasks', async () => {
  const { clock, lab, begin, row } = aLab(['pve1', 'pve2']);
  begin();
  await clock.pass(20_000);
  lab.node('pve2').slowMs = 30_000;
  const slow = lab.start('pve2');
  await clock.pass(1_000);
  const quick = lab.start('pve1');
  lab.end('pve2', slow);
  await clock.pass(3_000);
  expect(row(quick)?.state).toBe('running');
  await clock.pass(1_000);
  expect(row(slow)?.end?.status).toBe('OK');
});

test('a refused token is said in words, asked rarely, and comes right by itself', async () => {
  const { clock, lab, begin } = aLab();
  const { collector } = begin();
  await clock.pass(5_000);
  lab.world.tokenRefused = true;
  await clock.pass(5_000);
  lab.asked.clear();
  await clock.pass(600_000);
  expect(collector.facts()).toMatchObject({
    state: 'refused',
    error: "Lab refuses the collector's token. Its tasks are not updated until a valid one is set.",
  });
  expect([...lab.asked.values()].reduce((a, b) => a + b, 0)).toBeLessThan(8);
  lab.world.tokenRefused = false;
  await clock.pass(180_000);
  expect(collector.facts()).toMatchObject({ state: 'ok', error: null });
});

test('a cluster that is away is seen within half a minute of its return, and what happened meanwhile is read', async () => {
  const { clock, lab, begin, row } = aLab();
  const { collector } = begin();
  await clock.pass(5_000);
  lab.world.unreachable = true;
  await clock.pass(3_600_000);
  expect(collector.facts()).toMatchObject({ state: 'away', error: 'Lab did not answer.' });
  const upid = lab.start('pve1');
  lab.end('pve1', upid);
  lab.world.unreachable = false;
  await clock.pass(33_000);
  expect(collector.facts().state).toBe('ok');
  expect(row(upid)?.end?.status).toBe('OK');
});

test.each([true, false])(
  'an unexpected status is read again and corrected from the last line (logs kept: %s)',
  async (keep) => {
    const { clock, lab, begin, row } = aLab();
    begin(keep);
    const upid = lab.start('pve1');
    const killed = lab.start('pve1');
    await clock.pass(4_000);
    lab.end('pve1', upid, 'unexpected status', 'INFO: done');
    lab.end('pve1', killed, 'unexpected status', 'INFO: at 40 %');
    await clock.pass(2_000);
    lab.node('pve1').logs.set(upid, 'INFO: begun\nINFO: done\nTASK WARNINGS: 2\n');
    await clock.pass(10_000);
    expect(row(upid)?.end?.status).toBe('WARNINGS: 2');
    expect(row(killed)?.end?.status).toBe('unexpected status');
  },
);

test('a log that is gone is marked as lost at once, one that cannot be read now is tried again', async () => {
  const { clock, lab, begin, row } = aLab();
  const gone = lab.start('pve1');
  const later = lab.start('pve1');
  lab.end('pve1', gone);
  lab.end('pve1', later);
  lab.node('pve1').logs.delete(gone);
  const logBytes = lab.reads.logBytes;
  let broken = true;
  lab.reads.logBytes = (node, upid, signal) => {
    if (upid === later && broken) throw new Error('connection broke');
    return logBytes(node, upid, signal);
  };
  const { collector } = begin();
  await clock.pass(15_000);
  expect(row(gone)?.log).toBe('lost');
  expect(row(later)?.log).toBeNull();
  expect(collector.facts().logsToFetch).toBe(1);
  broken = false;
  await clock.pass(60_000);
  expect(row(later)?.log?.toString()).toContain('TASK OK');
  expect(collector.facts().logsToFetch).toBe(0);
});

test('a running task that its node neither lists nor runs is asked for and ended', async () => {
  const { clock, lab, begin, row } = aLab();
  begin();
  const upid = lab.start('pve1');
  await clock.pass(5_000);
  lab.node('pve1').running = [];
  await clock.pass(60_000);
  expect(row(upid)).toMatchObject({ state: 'stopped', end: { status: 'unknown' } });
});

test('a token without Sys.Audit on / hears no change, so the lists are read every ten seconds, and the right is named', async () => {
  const { clock, lab, begin, row } = aLab();
  lab.world.audits = false;
  const { collector } = begin();
  await clock.pass(5_000);
  expect(collector.facts().missingRights).toContain('Sys.Audit on /');
  const upid = lab.start('pve1');
  await clock.pass(11_000);
  expect(row(upid)?.state).toBe('running');
});

test('an idle node is asked for its list once in five minutes, and a database that is full does not stop the collector', async () => {
  const { clock, lab, kept, begin, row } = aLab();
  begin();
  await clock.pass(10_000);
  lab.asked.clear();
  await clock.pass(3_600_000);
  expect(lab.asked.get('tasks pve1')).toBeLessThanOrEqual(12);
  expect(lab.asked.get('cluster/tasks')).toBeLessThanOrEqual(1_800);
  kept.setFull(true);
  const upid = lab.start('pve1');
  await clock.pass(60_000);
  kept.setFull(false);
  await clock.pass(60_000);
  expect(row(upid)?.state).toBe('running');
});

test.each(['at its begin', 'in the middle'])(
  'a log that breaks off %s each time holds up no other, and its cluster is not away for it',
  async (where) => {
    const { clock, lab, begin, row } = aLab();
    const logBytes = lab.reads.logBytes;
    let broken: string | undefined;
    lab.reads.logBytes = async function* (node, upid, signal) {
      if (upid !== broken || where === 'in the middle') yield* logBytes(node, upid, signal);
      if (upid === broken) throw new AppError('cluster_unreachable', 'Lab closed the connection.');
    };
    const { collector } = begin();
    const older = ['pve1', 'pve1', 'pve1'].map((node) => lab.start(node));
    for (const upid of older) lab.end('pve1', upid);
    await clock.pass(1_000);
    broken = lab.start('pve1');
    lab.end('pve1', broken);
    const states = new Set<string>();
    for (let second = 0; second < 1_200; second++) {
      await clock.pass(1_000);
      if (second > 3) states.add(collector.facts().state);
    }
    expect([...states]).toEqual(['ok']);
    for (const upid of older) expect(row(upid)?.log?.toString()).toContain('TASK OK');
    expect(row(broken)?.log).toBeNull();
    expect(lab.asked.get('download pve1')).toBeLessThan(25);
    const whole = broken;
    broken = undefined;
    await clock.pass(3_600_000);
    expect(row(whole)?.log?.toString()).toContain('TASK OK');
  },
);

test('what a node ran that left the cluster while nobody looked is unknown', async () => {
  const { clock, lab, kept, begin, row } = aLab(['pve1', 'pve2']);
  const upid = lab.start('pve2');
  const first = begin();
  await clock.pass(5_000);
  await first.stop();
  lab.reads.nodes = async () => [{ node: 'pve1', online: true }];
  begin();
  await clock.pass(15_000);
  expect(row(upid)?.state).toBe('unknown');
  expect(kept.rows.size).toBe(1);
});

test('an end is corrected before its log is kept, so that being killed in between loses neither', async () => {
  const { clock, lab, kept, begin, row } = aLab();
  kept.store.saveLog = async (_ref, bytes) => {
    for await (const _ of bytes);
    throw new Error('killed');
  };
  begin();
  const upid = lab.start('pve1');
  await clock.pass(4_000);
  lab.end('pve1', upid, 'unexpected status', 'TASK WARNINGS: 2');
  await clock.pass(12_000);
  expect(row(upid)).toMatchObject({ end: { status: 'WARNINGS: 2' }, log: null });
});

test('a running task whose status the node cannot tell keeps it from nothing else', async () => {
  const { clock, lab, begin, row } = aLab();
  const { collector } = begin();
  const odd = lab.start('pve1');
  await clock.pass(5_000);
  lab.reads.taskStatus = async () => {
    throw new AppError('rejected', 'Lab refused this: got no worker upid.');
  };
  lab.node('pve1').running = [];
  const next = lab.start('pve1');
  lab.end('pve1', next);
  await clock.pass(20_000);
  expect(row(next)?.log?.toString()).toContain('TASK OK');
  expect(row(odd)?.state).toBe('running');
  expect(collector.facts().nodes).toMatchObject([{ state: 'online', error: null }]);
});

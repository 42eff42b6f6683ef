import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { LogLine } from '@/lib/domain/log/line';
import { aClock } from '@/lib/services/collector/a-clock.test-support';
import { aCluster } from '@/lib/services/collector/a-cluster.test-support';
import { Hub } from './hub';
import { type LineEvent, tailLines } from './tail-lines';

function aLog(type = 'vzdump') {
  const clock = aClock();
  const lab = aCluster(clock);
  const upid = lab.start('pve1', { type });
  const hub = new Hub({
    reads: new Map([['lab', lab.reads]]),
    ...{ log: pino({ level: 'silent' }), now: clock.now, wait: clock.wait },
  });
  const task = { ref: { cluster: 'lab', upid }, listedBy: 'pve1' };
  const write = (text: string) => lab.node('pve1').logs.set(upid, (lab.node('pve1').logs.get(upid) ?? '') + text);
  /** Follows until the end or until it is stopped, and keeps what comes. */
  const follow = (after = 0) => {
    const stop = new AbortController();
    const events: LineEvent[] = [];
    const ended = (async () => {
      for await (const event of tailLines(hub, task, after, stop.signal)) events.push(event);
      return 'ended';
    })().catch(() => 'stopped');
    return { events, ended, stop: () => stop.abort(), text: () => textOf(events) };
  };
  return { clock, lab, hub, task, upid, write, follow };
}

function textOf(events: readonly LineEvent[]): string[] {
  const lines: string[] = [];
  for (const event of events) if (event.event === 'lines') for (const { n, t } of event.data.lines) lines[n - 1] = t;
  return lines;
}

test('fifty viewers of one running log cost one reader, and each gets every line', async () => {
  const { clock, lab, upid, write, follow } = aLog();
  const one = follow();
  await clock.pass(20_000);
  const alone = lab.asked.get('log pve1') ?? 0;
  one.stop();
  await clock.pass(20_000);
  lab.asked.clear();
  const viewers = Array.from({ length: 50 }, () => follow());
  await clock.pass(10_000);
  write('half');
  await clock.pass(5_000);
  write(' done\nmore\n');
  await clock.pass(5_000);
  expect(lab.asked.get('log pve1')).toBeLessThanOrEqual(alone + 1);
  lab.end('pve1', upid);
  await clock.pass(10_000);
  for (const { ended, text } of viewers) {
    expect(await ended).toBe('ended');
    expect(text()).toEqual(['INFO: begun', 'half done', 'more', 'TASK OK']);
  }
});

test('events are the same objects for all who are up to date, so that each is encoded once', async () => {
  const { clock, write, follow } = aLog();
  const [a, b] = [follow(), follow(1)];
  await clock.pass(2_000);
  write('news\n');
  await clock.pass(2_000);
  expect(a.events.at(-1)).toBe(b.events.at(-1));
  expect(textOf([a.events.at(-1) as LineEvent]).at(-1)).toBe('news');
});

test('a late viewer of a long log gets all of it by pages, and one who has most of it only the rest', async () => {
  const { clock, write, follow, upid, lab } = aLog();
  const lines = Array.from({ length: 23_000 }, (_, i) => `line ${i + 2}`);
  write(`${lines.join('\n')}\n`);
  const first = follow(22_990);
  await clock.pass(5_000);
  expect(first.events.reduce((sum, e) => sum + (e.event === 'lines' ? e.data.lines.length : 0), 0)).toBeLessThan(20);
  const late = follow();
  await clock.pass(5_000);
  lab.end('pve1', upid);
  await clock.pass(5_000);
  expect(await late.ended).toBe('ended');
  expect(late.text()).toEqual(['INFO: begun', ...lines, 'TASK OK']);
});

test('a node that goes away is told to those who listen and to those who come, and the log goes on after it', async () => {
  const { clock, lab, write, follow } = aLog('download');
  const early = follow();
  await clock.pass(5_000);
  lab.node('pve1').state = 'down';
  await clock.pass(10_000);
  const late = follow();
  await clock.pass(1_000);
  expect(early.events.filter((event) => event.event === 'away')).toHaveLength(1);
  expect(late.events[0]).toMatchObject({ event: 'away', data: { node: 'pve1' } });
  write('after\n');
  lab.node('pve1').state = 'up';
  await clock.pass(20_000);
  expect(early.text()).toEqual(['INFO: begun', 'after']);
  expect(late.text()).toEqual(['INFO: begun', 'after']);
});

test('the last who leaves ends the reader after a grace; a reload within it costs nothing', async () => {
  const { clock, lab, follow } = aLog();
  const first = follow();
  await clock.pass(5_000);
  first.stop();
  await clock.pass(5_000);
  const again = follow();
  await clock.pass(5_000);
  expect(again.text()).toEqual(['INFO: begun']);
  again.stop();
  await clock.pass(15_000);
  lab.asked.clear();
  await clock.pass(60_000);
  expect([...lab.asked.values()]).toEqual([]);
});

test('how far the task is comes from its log, once for all, and to those who come later', async () => {
  const { clock, hub, task, write, follow } = aLog('download');
  const early = follow();
  await clock.pass(2_000);
  expect(hub.progress(task.ref)).toBeNull();
  write('progress 40% of 2 GiB\n');
  await clock.pass(2_000);
  expect(early.events.at(-1)?.event).toBe('progress');
  expect(hub.progress(task.ref)).toBeGreaterThan(0.3);
  const late = follow(2);
  await clock.pass(1_000);
  expect(late.events[0]).toEqual(early.events.at(-1));
});

test('a reader that fails for good tells its listeners, and the next one begins anew', async () => {
  const { clock, lab, follow } = aLog();
  const { logPage } = lab.reads;
  lab.reads.logPage = async () => {
    throw new TypeError('a bug');
  };
  const early = follow();
  await clock.pass(1_000);
  expect(await early.ended).toBe('stopped');
  lab.reads.logPage = logPage;
  const late = follow();
  await clock.pass(2_000);
  expect(late.text()).toEqual(['INFO: begun']);
});

test('lines that are not there any more make a reset', async () => {
  const { clock, follow } = aLog();
  const strayed = follow(900);
  await clock.pass(5_000);
  expect(strayed.events).toContainEqual({ event: 'reset', data: {} });
});

test('windows of a running log are read from its tail, or once for all who ask within a second', async () => {
  const { clock, lab, hub, task, write, follow } = aLog();
  const ask = async (): Promise<LogLine[]> =>
    (await hub.read(task.ref, 'pve1', { skip: 0, limit: 500, ended: false })).lines;
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  expect(answers.every((lines) => lines[0]?.t === 'INFO: begun')).toBe(true);
  expect(lab.asked.get('log pve1')).toBe(1);
  follow();
  await clock.pass(5_000);
  write('two\n');
  await clock.pass(2_000);
  const asked = lab.asked.get('log pve1');
  expect((await ask()).map((line) => line.t)).toEqual(['INFO: begun', 'two']);
  expect(lab.asked.get('log pve1')).toBe(asked);
});

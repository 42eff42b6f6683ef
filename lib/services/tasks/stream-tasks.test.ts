import { expect, test } from 'vitest';
import { aGuest, anArchive, aSave, aTask, guestsOf } from '@/lib/archive/an-archive.test-support';
import type { ArchiveChange } from '@/lib/archive/archive';
import { TaskAnswer } from '@/lib/contract/task';
import { aContext, aViewer, clusterFacts } from './a-context.test-support';
import { type ListEvent, streamTasks } from './stream-tasks';

/** Opens a stream and hands out its events one by one, without those of the clusters' age. */
function open(ctx: Parameters<typeof streamTasks>[0], search = '', lastEventId: string | null = null) {
  const events = streamTasks(ctx, { search, tz: 'UTC' }, lastEventId)[Symbol.asyncIterator]();
  const next = async (): Promise<Exclude<ListEvent, { event: 'status' }>> => {
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error('the stream has ended');
      if (value.event !== 'status') return value;
    }
  };
  return { next, raw: events };
}

test('it begins with how the clusters stand and goes on with each change, and whether the search finds it', async () => {
  await using archive = await anArchive();
  const stop = new AbortController();
  const { ctx } = aContext({ archive, signal: stop.signal });
  const { next, raw } = open(ctx, 'state = running');
  expect((await raw.next()).value).toMatchObject({ event: 'status', data: { clusters: [{ id: 'lab', state: 'ok' }] } });
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const started = await next();
  expect(started).toMatchObject({ event: 'task', data: { fits: true, task: { upid: task.upid.text } } });
  if (started.event === 'task') TaskAnswer.parse(started.data.task);
  await archive.saveTasks(aSave([{ ...task, end: { time: task.upid.startTime, status: 'OK' } }]));
  expect(await next()).toMatchObject({ event: 'task', data: { fits: false, task: { state: 'stopped' } } });
  stop.abort();
  await expect(raw.next()).rejects.toThrow();
});

test('each viewer gets what the rule shows them, and those who may see the same get the same object', async () => {
  await using archive = await anArchive();
  const owner = aViewer({ identity: 'alice@pve', permissions: {} });
  const auditors = [open(aContext({ archive }).ctx), open(aContext({ archive }).ctx)];
  const alice = open(aContext({ archive, viewer: owner }).ctx);
  const all = [...auditors, alice];
  for (const { raw } of all) await raw.next();
  const guests = guestsOf(aGuest({ vmid: 100, name: 'web-1' }));
  await archive.saveTasks(aSave([aTask({ user: 'bob@pve' })], { guests }));
  const own = aTask({ user: 'alice@pve' });
  await archive.saveTasks(aSave([own], { guests }));
  const [one, other] = [await auditors[0]?.next(), await auditors[1]?.next()];
  expect(one).toMatchObject({ data: { task: { user: 'bob@pve', guest: 'web-1' } } });
  expect(other).toBe(one);
  expect(await alice.next()).toMatchObject({ data: { task: { upid: own.upid.text, guest: null } } });
});

test('rights that are taken away count from their next reading on', async () => {
  await using archive = await anArchive();
  const { ctx, see } = aContext({ archive });
  const { next, raw } = open(ctx);
  await raw.next();
  await archive.saveTasks(aSave([aTask({ user: 'bob@pve' })]));
  expect((await next()).event).toBe('task');
  see(aViewer({ identity: 'alice@pve', permissions: {} }));
  await ctx.refresh();
  await archive.saveTasks(aSave([aTask({ user: 'bob@pve' })]));
  const own = aTask({ user: 'alice@pve' });
  await archive.saveTasks(aSave([own]));
  expect(await next()).toMatchObject({ data: { task: { upid: own.upid.text } } });
});

test('a stream goes on after its last id; a foreign or dropped one begins with a reset', async () => {
  await using archive = await anArchive();
  const { ctx } = aContext({ archive });
  const first = open(ctx);
  await first.raw.next();
  const tasks = [aTask(), aTask(), aTask()];
  for (const task of tasks) await archive.saveTasks(aSave([task]));
  const { id } = (await first.next()) as { id: string };
  const again = open(ctx, '', id);
  expect(await again.next()).toMatchObject({ data: { task: { upid: tasks[1]?.upid.text } } });
  expect(await again.next()).toMatchObject({ data: { task: { upid: tasks[2]?.upid.text } } });
  expect(await open(ctx, '', '01234567-3').next()).toMatchObject({ event: 'reset' });
  expect(await open(ctx, '', 'rubbish').next()).toMatchObject({ event: 'reset' });
});

test('a backfill of thousands is one reset, and a search that cannot be read is refused before the stream begins', async () => {
  await using archive = await anArchive();
  const { ctx } = aContext({ archive });
  const { next, raw } = open(ctx);
  await raw.next();
  await archive.saveTasks(aSave(Array.from({ length: 3_000 }, () => aTask())));
  expect((await next()).event).toBe('reset');
  expect(() => open(ctx, 'label =')).toThrow(expect.objectContaining({ code: 'value_expected' }));
});

test('how many tasks run on a node is told to those who see them all, and to nobody else', async () => {
  await using archive = await anArchive();
  const node = { node: 'pve1', state: 'online', asOf: 1_000_000, lastSweepAt: 1_000_000, running: 7 } as const;
  const facts = [clusterFacts({ nodes: [{ ...node, logsToFetch: 0, error: null, retryAt: null }] })];
  const { ctx } = aContext({ archive, facts });
  const owner = aContext({ archive, facts, viewer: aViewer({ identity: 'alice@pve', permissions: {} }) }).ctx;
  const seen = [];
  for (const viewer of [ctx, { ...owner, collector: ctx.collector, viewer: owner.viewer }]) {
    const { value } = await open(viewer).raw.next();
    seen.push(value?.event === 'status' ? value.data.clusters[0]?.nodes[0]?.running : undefined);
  }
  expect(seen).toEqual([7, null]);
});

test('what other instances changed while this one was away is one reset', async () => {
  await using kept = await anArchive();
  let tell = (_change: ArchiveChange) => {};
  const archive = {
    ...kept,
    onChange: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
  };
  const { next, raw } = open(aContext({ archive }).ctx);
  await raw.next();
  tell({ archiveIds: [], missed: true });
  expect((await next()).event).toBe('reset');
});

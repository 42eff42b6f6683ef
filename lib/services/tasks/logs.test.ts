import { afterEach, expect, test, vi } from 'vitest';
import { anArchive, aSave, aTask } from '@/lib/archive/an-archive.test-support';
import { AppError } from '@/lib/domain/errors';
import type { Call } from '@/lib/proxmox/transport';
import { aContext, aViewer } from './a-context.test-support';
import { openRawLog } from './raw-log';
import { readLog } from './read-log';
import type { LogStreamEvent } from './stream-log';
import { streamLog } from './stream-log';

afterEach(() => void vi.useRealTimers());

async function* bytes(text: string) {
  yield Buffer.from(text);
}

/** A node whose log of any task is this text; `running` until it is told otherwise. */
function aNode(text = 'one\ntwo\n') {
  const node = { text, running: true, away: false, missing: false };
  const reads = {
    async logPage(_node: string, _upid: string, { skip, limit }: { skip: number; limit: number }) {
      if (node.away) throw new AppError('node_unreachable', 'pve1 does not answer.');
      const all = node.text.split('\n').slice(0, -1);
      const lines = all.map((t, i) => ({ n: i + 1, t })).slice(skip, skip + limit);
      return { lines, total: all.length, missing: node.missing };
    },
    async taskStatus() {
      return node.running ? ({ running: true } as const) : ({ running: false, exitStatus: 'OK' } as const);
    },
  };
  return { node, reads: new Map([['lab', reads]]) };
}

test('from the archive or from the node, the caller cannot tell', async () => {
  await using archive = await anArchive();
  const [kept, running] = [aTask(), aTask({ status: '' })];
  await archive.saveTasks(aSave([kept, running]));
  await archive.saveLog({ cluster: 'lab', upid: kept.upid.text }, bytes('one\ntwo\n'));
  const { ctx } = aContext({ archive, reads: aNode().reads });
  const read = (upid: string) => readLog(ctx, { cluster: 'lab', upid, start: 1, limit: 10 });
  const lines = { total: 2, lines: [{ n: 2, t: 'two' }], missing: null };
  expect(await read(kept.upid.text)).toEqual({ ...lines, complete: true });
  expect(await read(running.upid.text)).toEqual({ ...lines, complete: false });
});

test('why there is nothing to show is part of the answer, and another’s log is not there', async () => {
  await using archive = await anArchive();
  const task = aTask();
  await archive.saveTasks(aSave([task]));
  const request = { cluster: 'lab', upid: task.upid.text, start: 0, limit: 10 };
  const lost = aNode('');
  lost.node.missing = true;
  const away = aNode();
  away.node.away = true;
  expect((await readLog(aContext({ archive, reads: lost.reads }).ctx, request)).missing).toBe('lost');
  expect((await readLog(aContext({ archive, reads: away.reads }).ctx, request)).missing).toBe('node_away');
  const nobody = aContext({ archive, viewer: aViewer({ permissions: {} }) }).ctx;
  await expect(readLog(nobody, request)).rejects.toMatchObject({ code: 'not_found' });
  await expect(openRawLog(nobody, request)).rejects.toMatchObject({ code: 'not_found' });
  await expect(streamLog(nobody, { ...request, after: 0 }, null)).rejects.toMatchObject({ code: 'not_found' });
});

test('the raw log is byte for byte what was kept, any part of it, under a harmless name', async () => {
  await using archive = await anArchive();
  const task = aTask({ type: 'download', id: '..%2F"x"\u202e' });
  await archive.saveTasks(aSave([task]));
  const text = 'one\r\u001b[31mtwo\u001b[0m\n\u00fc\n';
  await archive.saveLog({ cluster: 'lab', upid: task.upid.text }, bytes(text));
  const log = await openRawLog(aContext({ archive }).ctx, { cluster: 'lab', upid: task.upid.text });
  expect(log.size).toBe(Buffer.byteLength(text));
  expect(await new Response(await log.bytes(0, log.size ?? 0)).text()).toBe(text);
  expect(await new Response(await log.bytes(4, 9)).text()).toBe(text.slice(4, 9));
  expect(log.fileName).toMatch(/^task-lab-pve1-download-[A-Za-z0-9._-]+\.log$/);
});

test('a stream follows a running log to the end of its task, and stops when the right to see it goes', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const request = { cluster: 'lab', upid: task.upid.text, after: 0 };
  const { node, reads } = aNode();
  const { ctx, see } = aContext({ archive, reads });
  const stream = (await streamLog(ctx, request, null))[Symbol.asyncIterator]();
  const other = (await streamLog(ctx, request, '1'))[Symbol.asyncIterator]();
  expect((await stream.next()).value).toMatchObject({ event: 'lines', id: 2, data: { total: 2 } });
  expect((await other.next()).value).toMatchObject({ event: 'lines', id: 2 });
  node.text += 'TASK OK\n';
  node.running = false;
  await archive.saveTasks(aSave([{ ...task, end: { time: task.upid.startTime, status: 'OK' } }]));
  const rest: LogStreamEvent[] = [];
  for (let step = await stream.next(); !step.done; step = await stream.next()) rest.push(step.value);
  expect(rest.map(({ event }) => event)).toEqual(['lines', 'end']);
  expect(rest.at(-1)?.data).toMatchObject({ task: { state: 'stopped', result: 'success' } });
  see(aViewer({ permissions: {} }));
  await ctx.refresh();
  await expect(other.next()).rejects.toMatchObject({ code: 'not_found' });
});

test('a stream that is closed while it waits ends its reader', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const { node, reads } = aNode();
  const { ctx } = aContext({ archive, reads });
  const events = await streamLog(ctx, { cluster: 'lab', upid: task.upid.text, after: 0 }, null);
  const stream = events[Symbol.asyncIterator]();
  await stream.next();
  const waiting = stream.next();
  waiting.catch(() => undefined);
  await stream.return?.();
  await expect(waiting).rejects.toThrow();
  expect(node.running).toBe(true);
});

test('a kept log is streamed from the line that is at hand, and ends', async () => {
  await using archive = await anArchive();
  const task = aTask();
  await archive.saveTasks(aSave([task]));
  await archive.saveLog({ cluster: 'lab', upid: task.upid.text }, bytes('one\ntwo\nthree\n'));
  const { ctx } = aContext({ archive });
  const events: LogStreamEvent[] = [];
  for await (const event of await streamLog(ctx, { cluster: 'lab', upid: task.upid.text, after: 2 }, null))
    events.push(event);
  expect(events[0]).toMatchObject({ event: 'lines', id: 3, data: { lines: [{ n: 2 }, { n: 3 }] } });
  expect(events[1]?.event).toBe('end');
});

test('a download from the node never takes its last place, and one that nobody reads gives its place back', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const calls: Call[] = [];
  let open = 0;
  async function* endless() {
    open += 1;
    try {
      for (;;) yield Buffer.alloc(65_536);
    } finally {
      open -= 1;
    }
  }
  const { ctx } = aContext({ archive });
  const pve = ctx.pve('lab');
  const stream = async (call: Call) => {
    calls.push(call);
    return endless();
  };
  const log = await openRawLog({ ...ctx, pve: () => ({ ...pve, stream }) }, { cluster: 'lab', upid: task.upid.text });
  vi.useFakeTimers();
  const reader = (await log.bytes(0, Number.POSITIVE_INFINITY)).getReader();
  for (let n = 0; n < 5; n += 1) {
    await reader.read();
    await vi.advanceTimersByTimeAsync(50_000);
  }
  expect(calls).toMatchObject([{ background: true }]);
  expect(open).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(open).toBe(0);
  await expect(
    (async () => {
      for (;;) if ((await reader.read()).done) return;
    })(),
  ).rejects.toThrow('a minute');
});

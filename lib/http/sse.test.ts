import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { RightsCache } from '@/lib/services/rights/rights';
import { frame, type ServerEvent, serveEvents } from './sse';

const log = { error: vi.fn() };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  log.error.mockReset();
});

/** A source that is told what to yield and remembers how often it was asked. */
function aSource() {
  const waiting: ((step: IteratorResult<ServerEvent>) => void)[] = [];
  const seen = { asked: 0, returned: 0 };
  const events: AsyncIterable<ServerEvent> = {
    [Symbol.asyncIterator]: () => ({
      next() {
        seen.asked += 1;
        return new Promise((resolve) => waiting.push(resolve));
      },
      async return() {
        seen.returned += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  return { seen, events, tell: (value: ServerEvent) => waiting.shift()?.({ done: false, value }) };
}

function aStream(events: AsyncIterable<ServerEvent>, refresh: () => Promise<unknown> = async () => undefined) {
  const stop = new AbortController();
  const response = serveEvents({ requestId: 'r1', signal: stop.signal, refresh }, events, log);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  const rest = async () => {
    let all = '';
    for (let part = await reader.read(); !part.done; part = await reader.read())
      all += new TextDecoder().decode(part.value);
    return all;
  };
  return { stop, response, reader, read, rest };
}

test('a frame is one event on lines of its own, whatever its data hold', () => {
  expect(frame({ id: 7, event: 'lines', data: { t: 'a\nb\r' } })).toBe(
    'id: 7\nevent: lines\ndata: {"t":"a\\nb\\r"}\n\n',
  );
  expect(() => frame({ id: '1\nevent: x', event: 'lines', data: 0 })).toThrow(RangeError);
});

test('it opens with the pause before a retry, sends what comes and beats every 15 s', async () => {
  const { events, tell } = aSource();
  const { read, response } = aStream(events);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  expect(await read()).toBe('retry: 2000\n\n');
  tell({ id: 'a', event: 'task', data: 1 });
  expect(await read()).toBe('id: a\nevent: task\ndata: 1\n\n');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await read()).toBe(': \n\n');
});

test('a client that stands still is owed 64 KiB at most: the source is not asked on', async () => {
  let asked = 0;
  async function* flood(): AsyncGenerator<ServerEvent> {
    for (;;) {
      asked += 1;
      yield { id: asked, event: 'lines', data: 'x'.repeat(1_000) };
    }
  }
  const stop = new AbortController();
  const response = serveEvents({ requestId: 'r1', signal: stop.signal, refresh: async () => undefined }, flood(), log);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBeLessThan(70);
  const before = asked;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let n = 0; n < 10; n += 1) await reader.read();
  expect(asked).toBeGreaterThan(before);
  stop.abort();
});

test('it ends with the session, and lets go of its source', async () => {
  const { events, seen } = aSource();
  const { stop, reader } = aStream(events);
  await reader.read();
  const rest = reader.read();
  stop.abort();
  expect((await rest).done).toBe(true);
  expect(seen.returned).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('a client that leaves ends it too', async () => {
  const { events, seen } = aSource();
  const { reader } = aStream(events);
  await reader.read();
  await reader.cancel();
  expect(seen.returned).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('rights are read again each minute; without them the last event says why', async () => {
  const refresh = vi.fn(async () => {
    if (refresh.mock.calls.length === 2) throw new AppError('signed_out', 'Your session has ended. Sign in again.');
  });
  const { rest } = aStream(aSource().events, refresh);
  await vi.advanceTimersByTimeAsync(122_000);
  expect(await rest()).toContain('event: failure\ndata: {"code":"signed_out"');
});

test('each look finds rights that are a minute old no longer fresh', async () => {
  const permissions = vi.fn(async () => ({}));
  const rights = new RightsCache(Date.now);
  const holder = { cluster: 'lab', key: 'user a@pve', keepMs: 0, readPermissions: permissions };
  const refresh = () => rights.of({ ...holder, readGuests: async () => new Set<number>() });
  await refresh();
  const { stop } = aStream(aSource().events, refresh);
  await vi.advanceTimersByTimeAsync(5 * 61_000);
  expect(permissions).toHaveBeenCalledTimes(6);
  stop.abort();
});

test('a failing source ends the stream with "failure", a bug without its text', async () => {
  async function* broken(): AsyncGenerator<ServerEvent> {
    yield { event: 'task', data: 1 };
    throw new TypeError('CANARY');
  }
  const all = await aStream(broken()).rest();
  expect(all).toContain('event: failure\ndata: {"code":"internal"');
  expect(all).not.toContain('CANARY');
  expect(log.error).toHaveBeenCalledOnce();
});

test('a stream that has come to its end holds on to nothing', async () => {
  async function* short(): AsyncGenerator<ServerEvent> {
    yield { event: 'end', data: 1 };
  }
  const { rest, stop } = aStream(short());
  expect(await rest()).toContain('event: end');
  // The signal may live as long as the process, and with it whatever listens.
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

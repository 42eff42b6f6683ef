import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStream, type StreamOptions, type StreamState } from './event-stream';

type Events = { lines: { n: number } };

class FakeSource {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;
  readonly handlers = new Map<string, (event: { data: string; lastEventId: string }) => void>();
  constructor(url: string) {
    this.url = url;
    FakeSource.all.push(this);
  }
  addEventListener(name: string, handler: (event: { data: string; lastEventId: string }) => void) {
    this.handlers.set(name, handler);
  }
  close() {
    this.readyState = 2;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  sends(id: string, data: object) {
    this.handlers.get('lines')?.({ data: JSON.stringify(data), lastEventId: id });
  }
  fails(forGood: boolean) {
    this.readyState = forGood ? 2 : 0;
    this.onerror?.();
  }
}

const latest = (): FakeSource => {
  const source = FakeSource.all.at(-1);
  if (!source) throw new Error('nothing was opened');
  return source;
};

let visibility: DocumentVisibilityState = 'visible';
let onVisibility: () => void = () => {};
let states: StreamState[] = [];
let close: () => void = () => {};

const start = (more: Partial<StreamOptions<Events>> = {}) => {
  close = openStream<Events>({
    address: (lastId) => `/stream?after=${lastId ?? 0}`,
    on: { lines: () => {} },
    onState: (state) => states.push(state),
    // A stand-in with just the members that the code uses.
    Source: FakeSource as unknown as typeof EventSource,
    ...more,
  });
};

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  states = [];
  visibility = 'visible';
  vi.stubGlobal('document', {
    get visibilityState() {
      return visibility;
    },
    addEventListener: (_: string, handler: () => void) => {
      onVisibility = handler;
    },
    removeEventListener: () => {},
  });
});

afterEach(() => {
  close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('events arrive decoded, with their id', () => {
  const got: unknown[] = [];
  start({ on: { lines: (data, id) => got.push([data.n, id]) } });
  latest().opens();
  latest().sends('7', { n: 7 });
  expect(got).toEqual([[7, '7']]);
  expect(states).toEqual(['connecting', 'live']);
});

test('a short break is left to the browser', () => {
  const onGap = vi.fn();
  start({ onGap });
  latest().opens();
  latest().fails(false);
  expect(states.at(-1)).toBe('connecting');
  latest().opens();
  expect(states.at(-1)).toBe('live');
  expect(FakeSource.all).toHaveLength(1);
  expect(onGap).not.toHaveBeenCalled();
});

test('a refused stream is opened again from the last id, with growing pauses, and tells of the gap', () => {
  const onGap = vi.fn();
  start({ onGap });
  latest().opens();
  latest().sends('41', { n: 41 });
  latest().fails(true);
  expect(states.at(-1)).toBe('waiting');
  vi.advanceTimersByTime(1000);
  expect(FakeSource.all).toHaveLength(2);
  expect(latest().url).toBe('/stream?after=41');
  latest().fails(true);
  vi.advanceTimersByTime(1000);
  expect(FakeSource.all).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(FakeSource.all).toHaveLength(3);
  latest().opens();
  expect(onGap).toHaveBeenCalledOnce();
});

test('where streams cannot be opened the poll stands in until one can', () => {
  const poll = vi.fn();
  start({ poll, pollMs: 10_000 });
  for (let i = 0; i < 3; i++) {
    latest().fails(true);
    vi.advanceTimersByTime(30_000);
  }
  expect(states.at(-1)).toBe('polling');
  expect(poll.mock.calls.length).toBeGreaterThanOrEqual(3);
  latest().opens();
  poll.mockClear();
  vi.advanceTimersByTime(60_000);
  expect(poll).not.toHaveBeenCalled();
  expect(states.at(-1)).toBe('live');
});

test('a hidden page lets go of its stream after a while and takes it up when it is shown', () => {
  start({ sleepAfterMs: 60_000 });
  latest().opens();
  visibility = 'hidden';
  onVisibility();
  vi.advanceTimersByTime(59_000);
  expect(latest().readyState).toBe(1);
  vi.advanceTimersByTime(2000);
  expect(latest().readyState).toBe(2);
  expect(states.at(-1)).toBe('asleep');
  visibility = 'visible';
  onVisibility();
  expect(FakeSource.all).toHaveLength(2);
});

test('a stream that says nothing for too long is taken for dead', () => {
  start({ silenceMs: 45_000 });
  latest().opens();
  vi.advanceTimersByTime(40_000);
  latest().sends('1', { n: 1 });
  vi.advanceTimersByTime(40_000);
  expect(FakeSource.all).toHaveLength(1);
  vi.advanceTimersByTime(6_000);
  expect(FakeSource.all).toHaveLength(2);
});

test('closing ends everything', () => {
  start({});
  latest().fails(true);
  close();
  vi.advanceTimersByTime(120_000);
  expect(FakeSource.all).toHaveLength(1);
  expect(states.at(-1)).toBe('closed');
});

import { describe, expect, test } from 'vitest';
import type { LogAnswer } from '@/lib/contract/log';
import { PAGE_LINES } from './log-geometry';
import { LogStore } from './log-store';

const text = (n: number) => `line ${n}`;

/** A log of `total` lines, and a note of what was asked. */
function aLog(total: number, complete = true) {
  const asked: number[] = [];
  const read = async (start: number, limit: number): Promise<LogAnswer> => {
    asked.push(start);
    const count = Math.max(Math.min(limit, total - start), 0);
    const lines = Array.from({ length: count }, (_, i) => ({ n: start + i + 1, t: text(start + i + 1) }));
    return { total, lines, complete, missing: null };
  };
  return { store: new LogStore(read), asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('what is looked at is loaded', () => {
  test('by pages, each asked once while it is on its way', async () => {
    const { store, asked } = aLog(2_000);
    store.need(1, 40);
    store.need(1, 60);
    await settled();
    expect(asked).toEqual([0]);
    expect(store.line(40)).toBe('line 40');
    expect(store.snapshot()).toMatchObject({ total: 2_000, complete: true, loading: false });
    store.need(990, 1_010);
    await settled();
    expect(asked).toEqual([0, PAGE_LINES, 2 * PAGE_LINES]);
  });

  test('and not again once it is whole', async () => {
    const { store, asked } = aLog(100);
    store.need(1, 40);
    await settled();
    store.need(1, 100);
    await settled();
    expect(asked).toEqual([0]);
  });

  test('and memory stays bounded over a log of 200,000 lines', async () => {
    const { store } = aLog(200_000);
    for (let line = 1; line <= 200_000; line += PAGE_LINES) {
      store.need(line, line);
      await settled();
    }
    expect(store.line(1)).toBeUndefined();
    expect(store.line(200_000)).toBe('line 200000');
    store.need(1, 1);
    await settled();
    expect(store.line(1)).toBe('line 1');
  });
});

describe('what a stream brings', () => {
  test('replaces a line that was half written', () => {
    const { store } = aLog(0, false);
    store.take([{ n: 1, t: '12 %' }], 1);
    store.take(
      [
        { n: 1, t: '12 % 40 %' },
        { n: 2, t: 'done' },
      ],
      2,
    );
    expect(store.line(1)).toBe('12 % 40 %');
    expect(store.snapshot().total).toBe(2);
  });

  test('never makes the log shorter when an older answer comes late', () => {
    const { store } = aLog(0, false);
    store.take([{ n: 7, t: 'x' }], 7);
    store.take([{ n: 1, t: 'y' }], 5);
    expect(store.snapshot().total).toBe(7);
  });

  test('leaves holes in front that are loaded when they are looked at', async () => {
    const { store, asked } = aLog(10, false);
    store.take([{ n: 9, t: text(9) }], 9);
    store.need(1, 9);
    await settled();
    expect(asked).toEqual([0]);
    expect(store.line(3)).toBe('line 3');
  });
});

test('lines that come after all end what kept the log away', async () => {
  const store = new LogStore(() =>
    Promise.resolve({ total: 0, lines: [], complete: false, missing: 'node_away' as const }),
  );
  await store.load(0);
  expect(store.snapshot().missing).toBe('node_away');
  store.take([{ n: 1, t: 'back' }], 1);
  expect(store.snapshot().missing).toBeNull();
});

test('a load that fails says so and keeps what is there', async () => {
  const store = new LogStore(() => Promise.reject(new Error('pve1 does not answer')));
  store.take([{ n: 1, t: 'kept' }], 3);
  store.need(1, 3);
  await settled();
  expect(store.snapshot().failed).toBe('pve1 does not answer');
  expect(store.line(1)).toBe('kept');
});

import { expect, test } from 'vitest';
import { type BackOff, failed, RESTED } from './back-off';

const waits = (times: number, longestMs?: number): number[] => {
  const seen: number[] = [];
  let state: BackOff = RESTED;
  for (let i = 0; i < times; i++) {
    state = failed(state, 1_000, longestMs);
    seen.push(state.retryAt - 1_000);
  }
  return seen;
};

test('the wait doubles from 10 s and ends at three minutes', () => {
  expect(waits(7)).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 180_000, 180_000]);
});

test('a shorter longest wait is kept, and a thousand failures do not overflow', () => {
  expect(waits(4, 30_000)).toEqual([10_000, 20_000, 30_000, 30_000]);
  expect(waits(1_100).at(-1)).toBe(180_000);
});

import { expect, test } from 'vitest';
import { retryDelayMs } from './retry';

test('a broken connection is tried again at once, for a kept one may have been closed by the node (1.4)', () => {
  expect(retryDelayMs(1, 0.5)).toBe(0);
});

test('then after a pause that chance spreads, then no more', () => {
  expect([retryDelayMs(2, 0), retryDelayMs(2, 1)]).toEqual([100, 300]);
  expect(retryDelayMs(3, 0.5)).toBeUndefined();
});

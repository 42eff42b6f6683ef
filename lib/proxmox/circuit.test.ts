import { expect, test } from 'vitest';
import { mayAsk, timedOut } from './circuit';

test('one time-out changes nothing', () => {
  expect(mayAsk(timedOut(undefined, 0), 1).yes).toBe(true);
});

test('after two in a row a node is asked once in five seconds', () => {
  const frozen = timedOut(timedOut(undefined, 0), 10_000);
  expect(mayAsk(frozen, 14_999).yes).toBe(false);
  const probe = mayAsk(frozen, 15_000);
  expect(probe.yes).toBe(true);
  expect(mayAsk(probe.after, 15_001).yes).toBe(false);
  expect(mayAsk(probe.after, 20_000).yes).toBe(true);
});

test('a node that answers has no state and is asked', () => {
  expect(mayAsk(undefined, 0)).toEqual({ yes: true, after: undefined });
});

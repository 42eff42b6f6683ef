import { expect, test } from 'vitest';
import { chooseLine, lineHash, readLineHash } from './line-range';

test('a link names one line or a range, in either order', () => {
  expect(readLineHash('#L7')).toEqual({ from: 7, to: 7 });
  expect(readLineHash('#L9-L7')).toEqual({ from: 7, to: 9 });
  expect(lineHash({ from: 7, to: 9 })).toBe('#L7-L9');
  expect(lineHash({ from: 7, to: 7 })).toBe('#L7');
});

test.each(['', '#', '#L', '#L0', '#L7-', '#L7-9', '#x', '#L7-L'])('"%s" names no lines', (hash) => {
  expect(readLineHash(hash)).toBeUndefined();
});

test('a click chooses a line, a click with shift everything since the first', () => {
  const first = chooseLine(undefined, 5, false);
  expect(chooseLine(first, 9, true)).toEqual({ from: 5, to: 9 });
  expect(chooseLine(first, 2, true)).toEqual({ from: 2, to: 5 });
  expect(chooseLine(first, 2, false)).toEqual({ from: 2, to: 2 });
  expect(chooseLine(undefined, 2, true)).toEqual({ from: 2, to: 2 });
});

import { expect, test } from 'vitest';
import { parseDuration, parseSize } from './units';

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['12h', 43_200_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['1y', 31_536_000_000],
  [' 12 h ', 43_200_000],
  ['0h', undefined],
  ['h', undefined],
  ['1.5h', undefined],
  ['12', undefined],
  ['12constructor', undefined],
])('the duration %j is %s ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each([
  ['512B', 512],
  ['64KiB', 65_536],
  ['1GiB', 1_073_741_824],
  ['2 TiB', 2_199_023_255_552],
  ['1GB', undefined],
  ['-1B', undefined],
  ['', undefined],
])('the size %j is %s bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes));

import { describe, expect, test } from 'vitest';
import { clockTime, dayKey, dayLabel, durationText, exactTime, relativeTime } from './format-time';

const at = (iso: string): number => Date.parse(iso);
const NOW = at('2025-11-20T14:32:00Z');

describe('relative time', () => {
  test.each([
    ['2025-11-20T14:31:48Z', '12 s'],
    ['2025-11-20T14:28:00Z', '4 min'],
    ['2025-11-20T11:30:00Z', '3 h'],
    ['2025-11-19T14:33:00Z', '23 h'],
    ['2025-11-19T14:32:00Z', '19 Nov'],
    ['2024-09-01T10:00:00Z', '1 Sep 24'],
    ['2025-11-20T14:33:00Z', '0 s'],
  ])('%s is "%s"', (iso, text) => {
    expect(relativeTime(at(iso), NOW, 'UTC')).toBe(text);
  });
});

test('an exact time names the zone and the universal time, with its day when that is another one', () => {
  expect(exactTime(at('2025-11-20T13:20:07Z'), 'Europe/Berlin')).toMatch(
    /^Thu 20 Nov 2025, 14:20:07 (CET|GMT\+1) · 13:20:07 UTC$/,
  );
  expect(exactTime(at('2025-11-20T23:30:00Z'), 'Europe/Berlin')).toContain('Fri 21 Nov 2025, 00:30:00');
  expect(exactTime(at('2025-11-20T23:30:00Z'), 'Europe/Berlin')).toContain('2025-11-20 23:30:00 UTC');
  expect(exactTime(at('2025-11-20T13:20:07Z'), 'UTC')).toBe('Thu 20 Nov 2025, 13:20:07 UTC');
});

test('a day is the zone’s day', () => {
  const late = at('2025-11-19T23:30:00Z');
  expect(dayKey(late, 'UTC')).toBe('2025-11-19');
  expect(dayKey(late, 'Europe/Berlin')).toBe('2025-11-20');
  expect(dayLabel(late, NOW, 'UTC')).toBe('Yesterday, Wed 19 Nov');
  expect(dayLabel(late, NOW, 'Europe/Berlin')).toBe('Today, Thu 20 Nov');
  expect(dayLabel(at('2024-11-18T12:00:00Z'), NOW, 'UTC')).toBe('Mon 18 Nov 2024');
});

test('a clock time has its date when it was not today', () => {
  expect(clockTime(at('2025-11-20T14:18:00Z'), NOW, 'UTC')).toBe('14:18');
  expect(clockTime(at('2025-11-02T03:14:00Z'), NOW, 'UTC')).toBe('2 Nov 03:14');
});

describe('duration', () => {
  test.each([
    [null, '–'],
    [0, '< 1s'],
    [24, '24s'],
    [192, '3m 12s'],
    [3720, '1h 02m'],
    [187_200, '2d 04h'],
  ])('%s seconds are "%s"', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

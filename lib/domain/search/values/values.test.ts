import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneOf } from '@/lib/domain/zone';
import { looksLikeDate, parseTime } from './dates';
import { parseDuration } from './durations';

const at = (iso: string): number => Date.parse(iso) / 1000;
// A Wednesday; in Berlin 15:30:20.
const clock = { now: at('2025-01-15T14:30:20Z'), zone: zoneOf('UTC') };
const berlin = { now: clock.now, zone: zoneOf('Europe/Berlin') };
const read = (text: string, now = clock) => {
  const span = parseTime(text, now);
  return 'from' in span ? [iso(span.from), iso(span.to), span.coarse] : span;
};
const iso = (time: number) => new Date(time * 1000).toISOString().slice(0, 19);

describe('a time value', () => {
  const day = (from: string, to: string) => [`${from}T00:00:00`, `${to}T00:00:00`, true];
  test.each([
    ...['2024-12-01', '2024/12/01', '24-12-01', '20241201', '1.12.2024', '01.12.2024', 'Dec 1, 2024', 'dec 1 2024'].map(
      (text): [string, unknown] => [text, day('2024-12-01', '2024-12-02')],
    ),
    ['1 December 2024', day('2024-12-01', '2024-12-02')],
    ['1 dec 2024', day('2024-12-01', '2024-12-02')],
    ['2024-12-01Z', day('2024-12-01', '2024-12-02')],
    ['2024-12', day('2024-12-01', '2025-01-01')],
    ['December 2024', day('2024-12-01', '2025-01-01')],
    ['January 2025', day('2025-01-01', '2025-02-01')],
    ['2024', day('2024-01-01', '2025-01-01')],
    ['today', day('2025-01-15', '2025-01-16')],
    ['Yesterday', day('2025-01-14', '2025-01-15')],
    ['TOMORROW', day('2025-01-16', '2025-01-17')],
    ['wednesday', day('2025-01-15', '2025-01-16')],
    ['thu', day('2025-01-09', '2025-01-10')],
    ['tuesday', day('2025-01-14', '2025-01-15')],
    ['2 days ago', day('2025-01-13', '2025-01-14')],
    ['20 days ago', day('2024-12-26', '2024-12-27')],
    ['1 week ago', day('2025-01-08', '2025-01-09')],
    ['2mo ago', day('2024-11-15', '2024-11-16')],
    ['1 year from now', day('2026-01-15', '2026-01-16')],
    ['2024-12-01 10:00', ['2024-12-01T10:00:00', '2024-12-01T10:01:00', false]],
    ['2024-12-01T10:00', ['2024-12-01T10:00:00', '2024-12-01T10:01:00', false]],
    ['2024-12-01T10:00:30Z', ['2024-12-01T10:00:30', '2024-12-01T10:00:31', false]],
    ['2024-12-01T10:00:30.125+02:00', ['2024-12-01T08:00:30', '2024-12-01T08:00:31', false]],
    ['2024-12-01 10:00 -0530', ['2024-12-01T15:30:00', '2024-12-01T15:31:00', false]],
    ['2024-12-01 10:00 UTC', ['2024-12-01T10:00:00', '2024-12-01T10:01:00', false]],
    ['1 December 2024 9:05', ['2024-12-01T09:05:00', '2024-12-01T09:06:00', false]],
    ['20241201 10:00', ['2024-12-01T10:00:00', '2024-12-01T10:01:00', false]],
    ['yesterday 10:00:30', ['2025-01-14T10:00:30', '2025-01-14T10:00:31', false]],
    ['10:00', ['2025-01-15T10:00:00', '2025-01-15T10:01:00', false]],
    ['1733047200', ['2024-12-01T10:00:00', '2024-12-01T10:00:01', false]],
    ['now', ['2025-01-15T14:30:20', '2025-01-15T14:30:21', false]],
    ['30 seconds ago', ['2025-01-15T14:29:50', '2025-01-15T14:29:51', false]],
    ['3 hours ago', ['2025-01-15T11:30:20', '2025-01-15T11:31:20', false]],
    ['2h ago', ['2025-01-15T12:30:20', '2025-01-15T12:31:20', false]],
    ['5 min from now', ['2025-01-15T14:35:20', '2025-01-15T14:36:20', false]],
  ])('%s', (text, span) => {
    expect(read(text)).toEqual(span);
  });

  test("is in the person's zone unless it names one", () => {
    expect(read('2024-12-01', berlin)).toEqual(['2024-11-30T23:00:00', '2024-12-01T23:00:00', true]);
    expect(read('2024-12-01 10:00', berlin)).toEqual(['2024-12-01T09:00:00', '2024-12-01T09:01:00', false]);
    expect(read('2024-12-01 10:00Z', berlin)).toEqual(['2024-12-01T10:00:00', '2024-12-01T10:01:00', false]);
    expect(read('today', { ...berlin, now: at('2025-01-15T23:30:00Z') })).toEqual([
      '2025-01-15T23:00:00',
      '2025-01-16T23:00:00',
      true,
    ]);
  });

  test('a day of the change is as long as it was', () => {
    expect(read('2024-03-31', berlin)).toEqual(['2024-03-30T23:00:00', '2024-03-31T22:00:00', true]);
  });

  test('a month shorter than needed gives its last day', () => {
    const lastOfMarch = { now: at('2025-03-31T12:00:00Z'), zone: zoneOf('UTC') };
    expect(read('1 month ago', lastOfMarch)).toEqual(day('2025-02-28', '2025-03-01'));
    expect(read('13 months ago', lastOfMarch)).toEqual(day('2024-02-29', '2024-03-01'));
  });

  test.each([
    ...['2009-14-57', '2024-02-30', '2024-12-01 25:00', '2024-12-01 10:60', 'maybe', '', '5 m ago', '1', '999999999'],
    ...['3 fortnights ago', 'monday 10:00', '2024/12', '0.12.2024', '-5', '10', '2 days ago UTC', '24:00', 'the 1st'],
    ...['999999999 years ago', '999999999 months from now', '999999999 days ago', 'mondays', 'constructor'],
  ])('"%s" is no date', (text) => {
    expect(read(text)).toEqual({ readings: [] });
  });

  test('a date that can be read two ways is refused with its readings', () => {
    expect(read('01/02/2024')).toEqual({ readings: ['2024-02-01', '2024-01-02'] });
    expect(read('13/02/2024')).toEqual({ readings: ['2024-02-13'] });
  });

  test('any text is a finite span or none', () => {
    const unit = fc.constantFrom('1', '2', '0', '-', '/', ':', ' ', 'T', 'Z', '+', 'ago', 'day', 'may', '.', 'now');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 14 }), (text) => {
        const span = parseTime(text, berlin);
        expect('readings' in span || (Number.isInteger(span.from) && span.to >= span.from)).toBe(true);
      }),
    );
  });
});

test.each([
  ['2024-12-01', true],
  ['2024/12/01', true],
  ['2024-12-01T10:00', true],
  ['2024-12-01 10:00:30Z', true],
  ['yesterday', true],
  ['2024-12/01', false],
  ['2024', false],
  ['20241201', false],
  ['may', false],
  ['monday', false],
])('as a bare word %s is a date: %s', (word, is) => {
  expect(looksLikeDate(word)).toBe(is);
});

describe('a duration', () => {
  test.each([
    ['90', 90],
    ['1.5', 1.5],
    ['90s', 90],
    ['1h30m', 5400],
    ['1h 30 min', 5400],
    ['1 hour 30 minutes', 5400],
    ['1.5h', 5400],
    ['60 minutes', 3600],
    ['1:30', 5400],
    ['0:01:05', 65],
    ['2d', 172_800],
    ['1w', 604_800],
    ['1mo', 2_592_000],
    ['1Y', 31_536_000],
  ])('%s is %d s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(['1h30', '-5', '-5m', '25 potatoes', '', 'h', '1:60', '1 h x', '1..5h', 'tomorrow', '5 h 3'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

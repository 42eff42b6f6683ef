import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysIn, instantOf, isTimeZone, startOfDay, wallAt, zoneOf } from './zone';

const at = (iso: string): number => Date.parse(iso) / 1000;
const wall = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[-: ]/).map(Number);
  return { year, month, day, hour, minute, second };
};

describe('an instant from what a clock shows', () => {
  test.each([
    ['UTC', '2024-12-01 10:00:00', '2024-12-01T10:00:00Z'],
    ['Europe/Berlin', '2024-12-01 10:00:00', '2024-12-01T10:00:00+01:00'],
    ['Europe/Berlin', '2024-07-01 10:00:00', '2024-07-01T10:00:00+02:00'],
    ['Europe/Berlin', '2024-03-31 02:30:00', '2024-03-31T01:00:00Z'], // skipped: the end of the gap
    ['Europe/Berlin', '2024-03-31 03:00:00', '2024-03-31T01:00:00Z'],
    ['Europe/Berlin', '2024-10-27 02:30:00', '2024-10-27T00:30:00Z'], // twice: the first
    ['Europe/Berlin', '2024-10-27 03:00:00', '2024-10-27T02:00:00Z'],
    ['America/Sao_Paulo', '2018-11-04 00:00:00', '2018-11-04T03:00:00Z'], // a day that began at 01:00
    ['Pacific/Apia', '2011-12-30 00:00:00', '2011-12-30T10:00:00Z'], // a day that never was
    ['Asia/Kathmandu', '2024-01-01 00:00:00', '2023-12-31T18:15:00Z'],
    ['Australia/Lord_Howe', '2024-10-06 02:15:00', '2024-10-05T15:30:00Z'], // half an hour of daylight saving
  ])('in %s %s is %s', (zone, text, iso) => {
    expect(instantOf(wall(text), zoneOf(zone))).toBe(at(iso));
  });
});

test('a day of the change has 23 or 25 hours', () => {
  const zone = zoneOf('Europe/Berlin');
  expect(startOfDay(2024, 4, 1, zone) - startOfDay(2024, 3, 31, zone)).toBe(23 * 3600);
  expect(startOfDay(2024, 10, 28, zone) - startOfDay(2024, 10, 27, zone)).toBe(25 * 3600);
});

test('months have their days, leap years too', () => {
  expect([daysIn(2024, 2), daysIn(2023, 2), daysIn(1900, 2), daysIn(2024, 12), daysIn(2024, 4)]).toEqual([
    29, 28, 28, 31, 30,
  ]);
});

test('reading a clock and finding the instant are inverse, but for the hour that is shown twice', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC');
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 4_000_000_000 }), (name, time) => {
      const zone = zoneOf(name);
      const back = instantOf(wallAt(time, zone), zone);
      expect(wallAt(back, zone)).toEqual(wallAt(time, zone));
      expect([0, 1800, 3600]).toContain(time - back);
    }),
  );
});

test('a name that no zone has is known as such', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true);
  expect(isTimeZone('Europe/Atlantis')).toBe(false);
});

import { expect, test } from 'vitest';
import { spanOf } from './span';

const now = Date.parse('2025-11-20T14:32:00Z');
const HOUR = 3_600_000;
const shown = (search: string, oldest: string | null = null, zone = 'UTC') => {
  const span = spanOf({ search, zone, now, oldest: oldest === null ? null : Date.parse(oldest) });
  return [new Date(span.from).toISOString(), new Date(span.to).toISOString(), span.bucket];
};

test('without a time in the search it is the last day, by quarters of an hour', () => {
  expect(shown('')).toEqual(['2025-11-19T14:30:00.000Z', '2025-11-20T14:45:00.000Z', 900]);
});

test('it reaches back to the oldest row of the page', () => {
  const [from, to] = shown('', '2025-11-01T00:00:00Z');
  expect(Date.parse(String(from))).toBeLessThan(Date.parse('2025-11-01'));
  expect(Date.parse(String(to))).toBeGreaterThanOrEqual(now);
});

test('a time in the search is what is shown, read in the zone of the viewer', () => {
  expect(shown('result = error and started_at > "2 hours ago"')[0]).toBe('2025-11-20T12:30:00.000Z');
  expect(shown('started_at >= 2025-11-18 and started_at < 2025-11-19', null, 'Europe/Berlin')).toEqual([
    '2025-11-17T23:00:00.000Z',
    '2025-11-18T23:00:00.000Z',
    900,
  ]);
});

test.each([
  'started_at > 2024-01-01',
  'started_at > tomorrow',
  'started_at = 2014',
  'state =',
  'not started_at > today',
])('%s: at most a hundred bars, and never a span that is empty', (search) => {
  const { from, to, bucket } = spanOf({ search, zone: 'America/New_York', now, oldest: now - 900 * 24 * HOUR });
  expect(to).toBeGreaterThan(from);
  expect((to - from) / 1000 / bucket).toBeLessThanOrEqual(100);
});

import { daysIn, startOfDay, wallAt } from '@/lib/domain/zone';
import type { Clock, Span } from './dates';
import { SECONDS, type Unit, unitOf } from './units';

const RELATIVE = /^(?<number>\d{1,9})\s*(?<unit>[a-z]+)\s+(?<direction>ago|from\s+now)$/i;

/**
 * `3 days ago`, `2h from now` (search-language 7): a second, the minute that begins at that instant, or from days on the
 * whole calendar day; a month shorter than needed gives its last day. Undefined for another text.
 */
export function relativeSpan(text: string, { now, zone }: Clock): Span | undefined {
  const found = RELATIVE.exec(text)?.groups;
  const unit = unitOf(found?.unit ?? '');
  if (!found || !unit) return undefined;
  const count = Number(found.number) * (found.direction?.toLowerCase() === 'ago' ? -1 : 1);
  const instant = now + count * SECONDS[unit];
  if (unit === 'second') return { from: instant, to: instant + 1, coarse: false };
  if (unit === 'minute' || unit === 'hour') return { from: instant, to: instant + 60, coarse: false };
  const { year, month, day } = moved(wallAt(now, zone), count, unit);
  // Beyond these years Intl knows no offsets.
  if (year < 0 || year > 9999) return undefined;
  return { from: startOfDay(year, month, day, zone), to: startOfDay(year, month, day + 1, zone), coarse: true };
}

type Day = { year: number; month: number; day: number };

function moved({ year, month, day }: Day, count: number, unit: Exclude<Unit, 'second' | 'minute' | 'hour'>): Day {
  switch (unit) {
    case 'day':
    case 'week': {
      const date = new Date(Date.UTC(year, month - 1, day + count * (unit === 'week' ? 7 : 1)));
      return { year: yearOf(date), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    }
    case 'month':
    case 'year': {
      const months = year * 12 + (month - 1) + count * (unit === 'year' ? 12 : 1);
      const target = { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
      const inRange = target.year >= 0 && target.year <= 9999;
      return { ...target, day: inRange ? Math.min(day, daysIn(target.year, target.month)) : day };
    }
  }
}

const yearOf = (date: Date): number => (Number.isNaN(date.getTime()) ? -1 : date.getUTCFullYear());

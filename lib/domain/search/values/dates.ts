import { daysIn, fixedZone, instantOf, startOfDay, wallAt, type Zone } from '@/lib/domain/zone';
import { relativeSpan } from './relative';

/** What a time value stands for: from <= t < to, in seconds; `coarse` when it is a day or more. */
export type Span = { from: number; to: number; coarse: boolean };

/** The second in which a query is run, and the zone of the person who asks. */
export type Clock = { now: number; zone: Zone };

/** Why a text is no date: when it can be read two ways, `readings` are those, the day before the month first. */
export type NotADate = { readings: readonly string[] };

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const TIME = '(?<hour>[01]?\\d|2[0-3]):(?<minute>[0-5]\\d)(?::(?<second>[0-5]\\d)(?:[.,]\\d+)?)?';
const ENDS_IN_TIME = new RegExp(`^(?:(?<date>.*\\S)(?:\\s+|(?<=\\d)t))?${TIME}$`, 'i');
const ENDS_IN_ZONE =
  /^(?<rest>.*\S)\s*(?:(?<utc>(?<=[\d\s])(?:z|utc))|(?<=:\d\d(?:[.,]\d+)?\s*)(?<offset>[+-]\d\d:?\d\d))$/i;

const LONGEST = 64;

/** Reads a time value, search-language 7, case ignored. Gives back why when it is none. */
export function parseTime(text: string, clock: Clock): Span | NotADate {
  if (text.length > LONGEST) return { readings: [] };
  const { rest, zone } = splitZone(text.trim(), clock.zone);
  const local = { now: clock.now, zone };
  const relative = zone === clock.zone ? relativeSpan(rest, local) : undefined;
  const span = relative ?? withTime(rest, local) ?? wordSpan(rest, local) ?? dateSpan(rest, local);
  if (span && Number.isFinite(span.from) && Number.isFinite(span.to)) return span;
  return { readings: readings(rest) };
}

/** Whether a bare word is a date: complete, with `-` or `/`, or one of three words (search-language 6). */
export const looksLikeDate = (word: string): boolean =>
  /^(?:\d{4}([-/])\d\d\1\d\d(?:[t ]\d\S*)?|today|yesterday|tomorrow)$/i.test(word);

function splitZone(text: string, zone: Zone): { rest: string; zone: Zone } {
  const found = ENDS_IN_ZONE.exec(text)?.groups;
  if (!found?.rest) return { rest: text, zone };
  if (found.utc) return { rest: found.rest, zone: fixedZone(0) };
  const digits = (found.offset ?? '').replace(':', '');
  const seconds = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3, 5)) * 60;
  return { rest: found.rest, zone: fixedZone(digits.startsWith('-') ? -seconds : seconds) };
}

/** A day with a time of that day, or a time of today: that minute or second. */
function withTime(text: string, clock: Clock): Span | undefined {
  const found = ENDS_IN_TIME.exec(text)?.groups;
  if (!found) return undefined;
  const day = found.date === undefined ? today(clock, 0) : (dayWord(found.date, clock) ?? calendarDay(found.date));
  if (!day) return undefined;
  const clockTime = { hour: Number(found.hour), minute: Number(found.minute), second: Number(found.second ?? 0) };
  const from = instantOf({ ...day, ...clockTime }, clock.zone);
  return { from, to: from + (found.second === undefined ? 60 : 1), coarse: false };
}

/** `now`, `today`, `monday` and their like. */
function wordSpan(text: string, clock: Clock): Span | undefined {
  if (text.toLowerCase() === 'now') return second(clock.now);
  const day = dayWord(text, clock) ?? latestWeekday(text, clock);
  return day && daySpan(day, clock.zone);
}

/** A day, a month, a year, or ten digits: a second of the epoch. */
function dateSpan(text: string, { zone }: Clock): Span | undefined {
  const day = calendarDay(text);
  if (day) return daySpan(day, zone);
  if (/^\d{10}$/.test(text)) return second(Number(text));
  if (/^\d{4}$/.test(text)) return days(Number(text), 1, Number(text) + 1, 1, zone);
  const month = calendarMonth(text);
  return month && days(month.year, month.month, month.year, month.month + 1, zone);
}

type Day = { year: number; month: number; day: number };

const second = (from: number): Span => ({ from, to: from + 1, coarse: false });
const daySpan = ({ year, month, day }: Day, zone: Zone): Span => ({
  from: startOfDay(year, month, day, zone),
  to: startOfDay(year, month, day + 1, zone),
  coarse: true,
});
const days = (fromYear: number, fromMonth: number, toYear: number, toMonth: number, zone: Zone): Span => ({
  from: startOfDay(fromYear, fromMonth, 1, zone),
  to: startOfDay(toYear, toMonth, 1, zone),
  coarse: true,
});

function today({ now, zone }: Clock, shift: number): Day {
  const { year, month, day } = wallAt(now, zone);
  return { year, month, day: day + shift };
}

const SHIFTS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

function dayWord(text: string, clock: Clock): Day | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(SHIFTS, word) ? today(clock, SHIFTS[word] ?? 0) : undefined;
}

function latestWeekday(text: string, clock: Clock): Day | undefined {
  const index = named(text, WEEKDAYS);
  if (index < 0) return undefined;
  return today(clock, -((wallAt(clock.now, clock.zone).weekday - index + 7) % 7));
}

/** Position of a name that is written whole or as its first three letters; -1 when it is none. */
const named = (text: string, names: readonly string[]): number => {
  const word = text.toLowerCase();
  return names.findIndex((name) => word === name || word === name.slice(0, 3));
};

const DAYS = [
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/,
  /^(?<year>\d{4})\/(?<month>\d\d)\/(?<day>\d\d)$/,
  /^(?<year>\d{2})-(?<month>\d\d)-(?<day>\d\d)$/,
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/,
  /^(?<day>\d\d?)\.(?<month>\d\d?)\.(?<year>\d{4})$/,
  /^(?<month>[a-z]+)\s+(?<day>\d\d?)(?:\s*,\s*|\s+)(?<year>\d{4})$/i,
  /^(?<day>\d\d?)\s+(?<month>[a-z]+)\s*,?\s+(?<year>\d{4})$/i,
];

function calendarDay(text: string): Day | undefined {
  for (const form of DAYS) {
    const found = form.exec(text)?.groups;
    if (!found) continue;
    const year = found.year?.length === 2 ? 2000 + Number(found.year) : Number(found.year);
    const day = { year, month: monthNumber(found.month ?? ''), day: Number(found.day) };
    return isDay(day) ? day : undefined;
  }
  return undefined;
}

function calendarMonth(text: string): { year: number; month: number } | undefined {
  const found =
    /^(?<year>\d{4})-(?<month>\d\d)$/.exec(text)?.groups ??
    /^(?<month>[a-z]+)\s*,?\s+(?<year>\d{4})$/i.exec(text)?.groups;
  const month = monthNumber(found?.month ?? '');
  return found && month >= 1 && month <= 12 ? { year: Number(found.year), month } : undefined;
}

const monthNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : named(text, MONTHS) + 1);

const isDay = ({ year, month, day }: Day): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

/** `01/02/2024` as the two days it can be, or the one; empty for another text. */
function readings(text: string): string[] {
  const found = /^(?<first>\d\d?)\/(?<second>\d\d?)\/(?<year>\d{4})$/.exec(text)?.groups;
  if (!found) return [];
  const [year, first, other] = [Number(found.year), Number(found.first), Number(found.second)];
  const possible = [
    { year, month: other, day: first },
    { year, month: first, day: other },
  ].filter(isDay);
  const pad = (number: number, width: number): string => String(number).padStart(width, '0');
  return [...new Set(possible.map((day) => `${pad(day.year, 4)}-${pad(day.month, 2)}-${pad(day.day, 2)}`))];
}

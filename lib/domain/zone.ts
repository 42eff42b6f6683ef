/** A date and time as a clock on a wall shows it; `month` is 1 to 12. */
export type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/** Tells how far local time is ahead of UTC, in seconds, at an instant (seconds since 1970). */
export type Zone = { readonly offsetAt: (time: number) => number };

export const fixedZone = (offset: number): Zone => ({ offsetAt: () => offset });

/** A zone by its IANA name. Throws RangeError for a name the runtime does not know. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = name === 'UTC' ? fixedZone(0) : ianaZone(name);
  if (zones.size >= 100) zones.clear(); // names come from requests
  zones.set(name, zone);
  return zone;
}

const zones = new Map<string, Zone>(); // making a formatter costs a thousand times what using it does

/** Whether this runtime knows a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

function ianaZone(timeZone: string): Zone {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', era: 'short' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const offsetAt = (time: number): number => {
    const seen: Record<string, string> = {};
    for (const { type, value } of parts.formatToParts(time * 1000)) seen[type] = value;
    const number = (type: string): number => Number(seen[type] ?? 0);
    const year = seen.era?.startsWith('B') ? 1 - number('year') : number('year');
    const wall = { year, month: number('month'), day: number('day') };
    const clock = { hour: number('hour'), minute: number('minute'), second: number('second') };
    return asUtc({ ...wall, ...clock }) - time;
  };
  return { offsetAt };
}

/** Seconds since 1970 if the wall's clock showed UTC. Days and months may lie outside their range: day 0 is the last before. */
function asUtc({ year, month, day, hour, minute, second }: Wall): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() / 1000;
}

/** What the clocks of a zone show at an instant; `weekday` is 0 for Sunday. */
export function wallAt(time: number, zone: Zone): Wall & { weekday: number } {
  const date = new Date((time + zone.offsetAt(time)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
}

const DAY = 86_400;

/**
 * The first instant at which the clocks of a zone show this time or a later one. A time shown twice in autumn is the
 * first of the two; one skipped in spring is the end of the gap, so the order of times stays the order of instants.
 * NaN beyond the years JavaScript knows.
 */
export function instantOf(wall: Wall, zone: Zone): number {
  const local = asUtc(wall);
  if (!Number.isFinite(local)) return Number.NaN;
  // Offsets change at most once within two days, so one of these holds at the instant looked for, unless it is skipped.
  const before = zone.offsetAt(local - DAY);
  const after = zone.offsetAt(local + DAY);
  if (before === after) return local - before;
  const fitting = [before, after].map((offset) => local - offset).filter((at) => at + zone.offsetAt(at) === local);
  return fitting.length > 0 ? Math.min(...fitting) : endOfGap(local, zone);
}

function endOfGap(local: number, zone: Zone): number {
  let early = local - DAY - DAY;
  let late = local + DAY + DAY;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (middle + zone.offsetAt(middle) < local) early = middle;
    else late = middle;
  }
  return late;
}

const WEEK = 7 * DAY;

/** The offsets of a zone from one instant up to another, each with the instant from which on it holds. */
export function offsetsBetween(from: number, to: number, zone: Zone): { from: number; offset: number }[] {
  const found = [{ from, offset: zone.offsetAt(from) }];
  for (let at = from; at < to; at += WEEK) {
    let [early, late] = [at, Math.min(at + WEEK, to)];
    const [before, after] = [zone.offsetAt(early), zone.offsetAt(late)];
    if (before === after) continue;
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (zone.offsetAt(middle) === before) early = middle;
      else late = middle;
    }
    found.push({ from: late, offset: after });
  }
  return found;
}

const midnight = { hour: 0, minute: 0, second: 0 };

/** The first second of a calendar day; days and months outside their range are counted on, so day 32 is the next month's. */
export const startOfDay = (year: number, month: number, day: number, zone: Zone): number =>
  instantOf({ year, month, day, ...midnight }, zone);

/** How many days a month has. */
export const daysIn = (year: number, month: number): number =>
  wallAt(asUtc({ year, month: month + 1, day: 0, ...midnight }), fixedZone(0)).day;

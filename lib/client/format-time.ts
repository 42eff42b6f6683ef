const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  cache.set(key, made);
  return made;
}

const HOUR_MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const CLOCK = { ...HOUR_MINUTE, second: '2-digit' } as const;

/** Milliseconds of an ISO 8601 time. */
export const msOf = (iso: string): number => Date.parse(iso);

/** How long ago, in one unit: `12 s`, `4 min`, `3 h`, and from a day on the date in the zone. Never negative. */
export function relativeTime(ms: number, now: number, zone: string): string {
  const seconds = Math.max(0, Math.floor((now - ms) / 1000));
  if (seconds < 86_400) return ageText(seconds);
  const sameYear = yearOf(ms, zone) === yearOf(now, zone);
  const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: '2-digit' }) };
  return plain(formatter(zone, date).format(ms));
}

/** An age in one unit, rounded down: `2 s`, `14 min`, `5 h`, `3 d`. */
export function ageText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h`;
  return `${Math.floor(whole / 86_400)} d`;
}

/** `20 Nov 14:20:07`, for lists that show exact times. */
export const shortExact = (ms: number, zone: string): string =>
  `${plain(formatter(zone, { day: 'numeric', month: 'short' }).format(ms))} ${formatter(zone, CLOCK).format(ms)}`;

/** `Thu 20 Nov 2025, 14:20:07 CET · 13:20:07 UTC`: the zone's time and the universal one. */
export function exactTime(ms: number, zone: string): string {
  const day = formatter(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
  const utc = `${formatter('UTC', CLOCK).format(ms)} UTC`;
  if (isUtc(zone)) return `${plain(day)}, ${utc}`;
  const sameDay = dayKey(ms, zone) === dayKey(ms, 'UTC');
  const there = formatter(zone, { ...CLOCK, timeZoneName: 'short' }).format(ms);
  return `${plain(day)}, ${there} · ${sameDay ? utc : `${dayKey(ms, 'UTC')} ${utc}`}`;
}

/** `14:18`, or with the date when that was not today. */
export function clockTime(ms: number, now: number, zone: string): string {
  const time = formatter(zone, HOUR_MINUTE).format(ms);
  if (dayKey(ms, zone) === dayKey(now, zone)) return time;
  return `${plain(formatter(zone, { day: 'numeric', month: 'short' }).format(ms))} ${time}`;
}

/** The day as `2025-11-20` in the zone: two times of one day have the same. */
export const dayKey = (ms: number, zone: string): string => {
  const parts = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
};

/** `19 Nov`. */
export const shortDay = (ms: number, zone: string): string =>
  plain(formatter(zone, { day: 'numeric', month: 'short' }).format(ms));

/** `14:20` in the zone, on whatever day. */
export const hourMinute = (ms: number, zone: string): string => formatter(zone, HOUR_MINUTE).format(ms);

/** A time as a search takes it, in the zone that the search is read in: `2025-11-20 14:20`. */
export const searchTime = (ms: number, zone: string): string => `${dayKey(ms, zone)} ${hourMinute(ms, zone)}`;

/** The head of a day in a list: `Today`, `Yesterday, Wed 19 Nov`, `Tue 18 Nov`, with the year when it is another one. */
export function dayLabel(ms: number, now: number, zone: string): string {
  const sameYear = yearOf(ms, zone) === yearOf(now, zone);
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  };
  const day = plain(formatter(zone, options).format(ms));
  if (dayKey(ms, zone) === dayKey(now, zone)) return `Today, ${day}`;
  if (dayKey(ms, zone) === dayKey(now - 86_400_000, zone)) return `Yesterday, ${day}`;
  return day;
}

/** A length of time: `< 1s`, `24s`, `3m 12s`, `1h 02m`, `2d 04h`; `–` when it is not known. */
export function durationText(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–';
  if (seconds < 1) return '< 1s';
  const whole = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)}h ${two(Math.floor(whole / 60) % 60)}m`;
  return `${Math.floor(whole / 86_400)}d ${two(Math.floor(whole / 3600) % 24)}h`;
}

/** `1,264`. */
export const countText = (n: number): string => n.toLocaleString('en-US');

const yearOf = (ms: number, zone: string): string => formatter(zone, { year: 'numeric' }).format(ms);
const isUtc = (zone: string): boolean => zone === 'UTC' || zone === 'Etc/UTC';
// en-GB writes "Thu, 20 Nov" and "Sept"; the design's words have no comma and three letters.
const plain = (text: string): string => text.replace(/^(\w{3}),/, '$1').replace('Sept', 'Sep');

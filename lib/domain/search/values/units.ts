/** Units of time by their names in searches (search-language 7 and 8). */
export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const NAMES: Readonly<Record<Unit, string>> = {
  second: 's sec secs second seconds',
  minute: 'min mins minute minutes',
  hour: 'h hr hrs hour hours',
  day: 'd day days',
  week: 'w week weeks',
  month: 'mo month months',
  year: 'y year years',
};

const byName = new Map(
  (Object.entries(NAMES) as [Unit, string][]).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit])),
);

/** The unit of that name, case ignored. `m` is none here: beside a date it could be a month or a minute. */
export const unitOf = (name: string): Unit | undefined => byName.get(name.toLowerCase());

/** As `unitOf` for durations, where `m` is minutes. */
export const durationUnitOf = (name: string): Unit | undefined => (/^m$/i.test(name) ? 'minute' : unitOf(name));

/** Seconds of each unit as a duration: a month is 30 days, a year 365. */
export const SECONDS: Readonly<Record<Unit, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  year: 365 * 86_400,
};

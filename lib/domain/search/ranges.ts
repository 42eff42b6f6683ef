import type { CompareOp, Value } from './ast';
import type { BoundQuery, RangeField } from './bound';
import { QueryError } from './errors';
import { type Clock, parseTime, type Span } from './values/dates';
import { parseDuration } from './values/durations';

type Bounds = { from?: number; to?: number };

/** A comparison with a span of time (search-language 7, second table): a day or more counts as a whole. */
export function timeRange(field: RangeField, op: CompareOp, { from, to, coarse }: Span): BoundQuery {
  return range(field, op, { first: from, end: to, above: coarse ? to : from + 1 });
}

/** A comparison with a number. The values compared are whole, so 1.5 lies between two of them. */
export function numberRange(field: RangeField, op: CompareOp, value: number): BoundQuery {
  const above = Math.floor(value) + 1;
  return range(field, op, { first: Math.ceil(value), end: above, above });
}

/** `first` is the first value that equals, `end` follows the last that does, `above` is the first one greater. */
function range(
  field: RangeField,
  op: CompareOp,
  { first, end, above }: { first: number; end: number; above: number },
): BoundQuery {
  const bounded = (bounds: Bounds, not = false): BoundQuery => ({ kind: 'range', field, not, ...bounds });
  switch (op) {
    case 'eq':
      return bounded({ from: first, to: end });
    case 'ne':
      return bounded({ from: first, to: end }, true);
    case 'gt':
      return bounded({ from: above });
    case 'gte':
      return bounded({ from: first });
    case 'lt':
      return bounded({ to: first });
    case 'lte':
      return bounded({ to: above });
    case 'like':
    case 'unlike':
      throw new Error('patterns are refused before ranges are made');
  }
}

// Far beyond every number compared, and still exact in every database.
const LARGEST = 2 ** 52;

/** A number of decimal digits only; a huge one is as good as the largest. */
export function numberOf(value: Value): number {
  if (/^\d+$/.test(value.text)) return Math.min(Number(value.text), LARGEST);
  throw badValue(value, `"${value.text}" is not a number. Write digits only.`);
}

export function durationOf(value: Value): number {
  const seconds = parseDuration(value.text);
  if (seconds !== undefined) return Math.min(seconds, LARGEST);
  throw badValue(value, `"${value.text}" is not a duration. Write 90s, 1h30m or "2 days".`);
}

export function timeOf(value: Value, clock: Clock): Span {
  const time = parseTime(value.text, clock);
  if (!('readings' in time)) return time;
  const [first] = time.readings;
  if (!first) {
    const forms = '2024-12-01, "2024-12-01 10:00", yesterday or "3 days ago"';
    throw badValue(value, `"${value.text}" is not a date. Write ${forms}.`);
  }
  const why = time.readings.length > 1 ? 'can be read two ways' : 'is not how a date is written here';
  throw badValue(value, `${value.text} ${why}. Write ${first}.`, time.readings);
}

export const badValue = (value: Value, message: string, suggestions: readonly string[] = []): QueryError =>
  new QueryError('bad_value', message, { ...value, token: value.text, suggestions });

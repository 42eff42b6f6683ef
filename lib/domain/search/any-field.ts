import type { CompareOp, Comparison, Value } from './ast';
import type { BoundQuery } from './bound';
import { findSetValue } from './fields';
import { anyOf, equalTo, likeText, setIs, setLike, textIs, userIs, userLike, userTest } from './leaves';
import { badValue, numberOf, numberRange, timeRange } from './ranges';
import { type Clock, looksLikeDate, parseTime, type Span } from './values/dates';

// The default fields of search-language 5 by how they are searched, in its order.
const TEXTS = ['label', 'action', 'node', 'guest', 'exitstatus'] as const;
const SETS = ['state', 'result'] as const;
const TIMES = ['started_at', 'ended_at'] as const;

const isDigits = (text: string): boolean => /^\d+$/.test(text);

/** A bare word: any default field fits (search-language 6). */
export function bindWord(value: Value, clock: Clock): BoundQuery {
  const { text } = value;
  return isDigits(text)
    ? anyOf([
        ...TEXTS.map((field) => textIs(field, [{ how: 'number', digits: text }])),
        userIs([{ how: 'number', digits: text }]),
        textIs('id', [equalTo(text)]),
        numbers('eq', value),
      ])
    : anyOf([
        ...contains(text),
        textIs('id', [equalTo(text)]),
        ...(text.startsWith('UPID:') ? [textIs('upid', [{ how: 'prefix', value: text }])] : []),
        ...times('eq', dateOf(text, clock)),
      ]);
}

/** A comparison without a field, search-language 6. */
export function bindPrefix({ op, value, opAt }: Comparison, clock: Clock): BoundQuery {
  switch (op) {
    case 'eq':
      return equals(value, clock);
    case 'ne':
      return { kind: 'not', of: equals(value, clock) };
    case 'like':
      return anyOf([...contains(value.text), textIs('id', [likeText(value.text)])]);
    case 'unlike':
      return { kind: 'not', of: anyOf([...contains(value.text), textIs('id', [likeText(value.text)])]) };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      if (isDigits(value.text)) return numbers(op, value);
      const date = dateOf(value.text, clock);
      if (date) return anyOf(times(op, date));
      const rule = `Without a field "${opAt.text}" compares VMIDs and dates.`;
      throw badValue(value, `"${value.text}" is neither a number nor a date. ${rule}`);
    }
  }
}

function equals(value: Value, clock: Clock): BoundQuery {
  const { text } = value;
  return anyOf([
    ...[...TEXTS, 'id' as const, 'upid' as const].map((field) => textIs(field, [equalTo(text)])),
    userIs([userTest(text)]),
    ...SETS.map((field) => setIs(field, [findSetValue(field, text) ?? ''])),
    ...(isDigits(text) ? [numbers('eq', value)] : []),
    ...times('eq', dateOf(text, clock)),
  ]);
}

function contains(text: string): BoundQuery[] {
  const test = likeText(text);
  return [
    ...TEXTS.map((field) => textIs(field, [test])),
    userIs([userLike(text)]),
    ...SETS.map((field) => setLike(field, text)),
  ];
}

const numbers = (op: CompareOp, value: Value): BoundQuery =>
  op === 'eq'
    ? { kind: 'oneOf', field: 'vmid', not: false, values: [numberOf(value)] }
    : numberRange('vmid', op, numberOf(value));

const times = (op: CompareOp, span: Span | undefined): BoundQuery[] =>
  span ? TIMES.map((field) => timeRange(field, op, span)) : [];

function dateOf(text: string, clock: Clock): Span | undefined {
  if (!looksLikeDate(text)) return undefined;
  const span = parseTime(text, clock);
  return 'readings' in span ? undefined : span;
}

import { bindPrefix, bindWord } from './any-field';
import type { CompareOp, Query, Value } from './ast';
import type { BoundQuery, FieldName, SetField, TextField } from './bound';
import type { Notice } from './errors';
import { equalTo, likeText, setIs, setLike, textIs, userIs, userLike, userTest } from './leaves';
import { hasWildcard, toPattern } from './match';
import { durationOf, numberOf, numberRange, timeOf, timeRange } from './ranges';
import type { Clock } from './values/dates';

/** A resolved query made ready to run, and the hints its values gave rise to. Throws QueryError for a bad value. */
export function bind(query: Query, clock: Clock): { bound: BoundQuery; notices: Notice[] } {
  const notices: Notice[] = [];
  return { bound: bound(query, { ...clock, notices }), notices };
}

type Context = Clock & { notices: Notice[] };

function bound(query: Query, context: Context): BoundQuery {
  switch (query.kind) {
    case 'all':
      return { kind: 'all' };
    case 'word':
      return bindWord(query.value, context);
    case 'and':
    case 'or':
      return { kind: query.kind, of: query.of.map((part) => bound(part, context)) };
    case 'not':
      return { kind: 'not', of: bound(query.of, context) };
    case 'null':
    case 'notnull':
      return { kind: 'present', field: nameOf(query.field), not: query.kind === 'null' };
    case 'list':
      hintAtWildcards(query.field, query.values, query.op === 'in' ? '^' : '!^', context);
      return equalToAny(nameOf(query.field), query.values, query.op === 'notin');
    case 'compare':
      if (query.op === 'eq' || query.op === 'ne') hintAtWildcards(query.field, [query.value], query.opAt.text, context);
      return query.field ? compared(nameOf(query.field), query.op, query.value, context) : bindPrefix(query, context);
  }
}

// `resolve` has put the canonical name there.
const nameOf = (field: Value): FieldName => field.text as FieldName;

function compared(field: FieldName, op: CompareOp, value: Value, clock: Clock): BoundQuery {
  switch (field) {
    case 'vmid':
    case 'pid':
      return op === 'eq' || op === 'ne'
        ? equalToAny(field, [value], op === 'ne')
        : numberRange(field, op, numberOf(value));
    case 'started_at':
    case 'ended_at':
    case 'state_updated_at':
      return timeRange(field, op, timeOf(value, clock));
    case 'duration':
      return numberRange(field, op, durationOf(value));
    case 'log':
      return { kind: 'log', not: op === 'unlike', pattern: toPattern(value.text) };
    default:
      return op === 'like' || op === 'unlike'
        ? fitting(field, value.text, op === 'unlike')
        : equalToAny(field, [value], op === 'ne');
  }
}

function fitting(field: TextField | SetField | 'user', text: string, not: boolean): BoundQuery {
  if (field === 'user') return userIs([userLike(text)], not);
  if (isSet(field)) return setLike(field, text, not);
  return textIs(field, [likeText(text)], not);
}

function equalToAny(field: FieldName, values: readonly Value[], not: boolean): BoundQuery {
  const texts = values.map((value) => value.text);
  switch (field) {
    case 'user':
      return userIs(texts.map(userTest), not);
    case 'vmid':
    case 'pid':
      return { kind: 'oneOf', field, not, values: values.map(numberOf) };
    case 'state':
    case 'result':
    case 'family':
      return setIs(field, texts, not);
    case 'started_at':
    case 'ended_at':
    case 'state_updated_at':
    case 'duration':
    case 'log':
      throw new Error(`${field} takes no lists, so it is refused before`);
    default:
      return textIs(field, texts.map(equalTo), not);
  }
}

const isSet = (field: string): field is SetField => field === 'state' || field === 'result' || field === 'family';

/** `=` and lists take wildcards literally, which is seldom meant. */
function hintAtWildcards(field: Value | null, values: readonly Value[], symbol: string, { notices }: Context): void {
  const value = values.find(({ text }) => hasWildcard(text));
  if (!value || isSet(field?.text ?? '')) return;
  const instead = symbol.startsWith('!') ? '!~' : '~';
  const message = `"${symbol}" takes ${value.text} as it stands. Use ${instead} for a pattern.`;
  notices.push({ code: 'wildcard_needs_like', message, position: value.position, length: value.length });
}

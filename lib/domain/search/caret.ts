import { group, partsOf, type Query, type Value } from './ast';
import { bind } from './bind';
import { isQueryError, type QueryError } from './errors';
import { type Field, findField, SET_VALUES } from './fields';
import { parse } from './parse';
import { resolve } from './resolve';
import { type Token, tokenise } from './tokenise';
import type { Clock } from './values/dates';
import { timeWords } from './values/time-words';

/** What can stand at the caret, search-language 12. `pattern`: after `~` or `!~`. */
export type Asked =
  | { what: 'operand' | 'field' | 'connective' | 'nothing' }
  | { what: 'operator'; field: Field }
  | { what: 'value'; field: Field; pattern: boolean };

/**
 * The place in a text that is being written. `typed` is what stands there already, without quotes; it goes from `start` to
 * `end`, which may lie behind the caret. `rest` is the search without the comparison at the caret, where `and` joins the
 * two, else everything. `error` says why nothing can be written there.
 */
export type Caret = { asked: Asked; typed: string; start: number; end: number; rest: Query; error: QueryError | null };

/** Reads a text up to the caret, an offset into it. Throws nothing. */
export function caretAt(text: string, cursor: number, clock: Clock): Caret {
  const before = text.slice(0, cursor);
  const tokens = tokenise(before);
  const last = tokens.at(-1);
  for (const { start, typed } of severalWords(before, tokens)) {
    const read = readAt(before.slice(0, start), clock);
    const isTime = read.asked.what === 'value' && read.asked.field.type === 'time';
    if (isTime && timeWords(clock).some((words) => words.startsWith(typed))) {
      return { ...read, typed, start, end: endOf(text, cursor, last) };
    }
  }
  if (last && isTyped(last, before.length)) {
    const read = readAt(before.slice(0, last.position), clock);
    // A "!" begins an operator after a field, and is a `not` anywhere else.
    if (last.text !== '!' || last.kind === 'quoted' || read.asked.what === 'operator') {
      return { ...read, typed: last.text, start: last.position, end: endOf(text, cursor, last) };
    }
  }
  return { ...readAt(before, clock), typed: '', start: before.length, end: cursor };
}

/** The last words, three at most, with a blank after or between them: together they can be the beginning of one time. */
function severalWords(before: string, tokens: readonly Token[]): { start: number; typed: string }[] {
  return [3, 2, 1].flatMap((count) => {
    const words = tokens.slice(-count);
    if (words.length < count || words.some(({ kind }) => kind !== 'word')) return [];
    const start = words[0]?.position ?? 0;
    const typed = before.slice(start).replace(/\s+/g, ' ').toLowerCase();
    return typed.includes(' ') ? [{ start, typed }] : [];
  });
}

/** The caret touches a token that letters or a quote may still be added to. */
const isTyped = ({ kind, text, position, length }: Token, caret: number): boolean =>
  position + length === caret && (kind === 'word' || kind === 'quoted' || text === '!' || /^[a-z?]+$/i.test(text));

/** The end of the token that the caret is in. */
function endOf(text: string, cursor: number, typed: Token | undefined): number {
  if (!typed || typed.position + typed.length < cursor) return cursor;
  const whole = tokenise(text).find(({ position }) => position === typed.position);
  return Math.max(cursor, whole ? whole.position + whole.length : cursor);
}

type Read = Pick<Caret, 'asked' | 'rest' | 'error'>;

const EVERYTHING: Query = { kind: 'all' };

/** What the parser takes a further word for, and whether the text before it is one to go on with. */
function readAt(before: string, clock: Clock): Read {
  const refused = (error: unknown): Read => {
    if (!isQueryError(error)) throw error;
    return { asked: { what: 'nothing' }, rest: EVERYTHING, error };
  };
  const at = before === '' || /\s$/.test(before) ? before : `${before} `;
  try {
    const asked = askedOf(at);
    const query = resolve(parse(at + placeholder(asked)).query);
    bind(query, clock);
    return { asked, rest: without(query, at.length), error: null };
  } catch (error) {
    return refused(error);
  }
}

function askedOf(before: string): Asked {
  const found = find(parse(`${before}x`).query, before.length);
  const tokens = tokenise(before);
  const last = tokens.at(-1);
  switch (found?.as) {
    case 'field':
      return { what: 'field' };
    case 'value': {
      const field = found.field && findField(found.field.text);
      if (!field) return { what: last && found.field === null && isOperand(last) ? 'connective' : 'nothing' };
      return { what: 'value', field, pattern: found.pattern };
    }
    case 'word': {
      if (!last || !isOperand(last)) return { what: 'operand' };
      const bare = last.kind === 'word' && find(parse(before).query, last.position)?.as === 'word';
      const field = bare ? findField(last.text) : undefined;
      return field ? { what: 'operator', field } : { what: 'connective' };
    }
    case undefined:
      return { what: 'nothing' };
  }
}

/** The last token of something that is complete. */
const isOperand = ({ kind }: Token): boolean => kind === 'word' || kind === 'quoted' || kind === ')';

type Found = { as: 'word' | 'field' } | { as: 'value'; field: Value | null; pattern: boolean };

/** What the word that begins there is in a query. */
function find(query: Query, position: number): Found | undefined {
  switch (query.kind) {
    case 'all':
      return undefined;
    case 'and':
    case 'or':
      return query.of.reduceRight<Found | undefined>((found, part) => found ?? find(part, position), undefined);
    case 'not':
      return find(query.of, position);
    case 'word':
      return query.value.position === position ? { as: 'word' } : undefined;
    case 'null':
    case 'notnull':
      return query.field.position === position ? { as: 'field' } : undefined;
    case 'compare': {
      const pattern = query.op === 'like' || query.op === 'unlike';
      return query.value.position === position ? { as: 'value', field: query.field, pattern } : undefined;
    }
    case 'list':
      return query.values.some((value) => value.position === position)
        ? { as: 'value', field: query.field, pattern: false }
        : undefined;
  }
}

/** A word that is right at that place, so that only what stands before it can be refused. */
function placeholder(asked: Asked): string {
  switch (asked.what) {
    case 'operand':
      return 'x';
    case 'field':
      return 'label';
    case 'operator':
    case 'connective':
      return '';
    case 'nothing':
      return '1';
    case 'value':
      return rightValue(asked.field);
  }
}

function rightValue({ name, type }: Field): string {
  switch (type) {
    case 'set':
      return name === 'state' || name === 'result' || name === 'family' ? (SET_VALUES[name][0] ?? '') : '';
    case 'time':
      return 'now';
    default:
      return '1';
  }
}

/** The query without the part that stands there, when it is one of those that the outermost `and` joins. */
function without(query: Query, position: number): Query {
  const parts = partsOf(query);
  const others = parts.filter((part) => !isAt(part, position));
  return others.length < parts.length ? group('and', others) : EVERYTHING;
}

const isAt = (part: Query, position: number): boolean =>
  (part.kind === 'compare' || part.kind === 'list') && find(part, position) !== undefined;

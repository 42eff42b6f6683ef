import { zoneOf } from '@/lib/domain/zone';
import { type Asked, type Caret, caretAt } from './caret';
import { isQueryError, type QueryError } from './errors';
import { aliasesInSet, FIELDS, type Field, isCounted, OPERATORS, SET_VALUES } from './fields';
import { fold } from './match';
import { operatorWords, symbolOf } from './operators';
import { MAX_LENGTH, parse } from './parse';
import { printPart, printValue } from './print';
import { type ReadOptions, readQuery } from './read-query';
import { DURATION_WORDS, timeWords } from './values/time-words';

export type SuggestionKind = 'field' | 'operator' | 'value' | 'connective' | 'search';

/**
 * What could stand at the caret. `token` is what is inserted there, quoted where it must be, `text` the whole text once
 * it is accepted. `name` is that of a saved search. `count` says how many tasks have the value; null when nobody counted.
 */
export type Suggestion = {
  token: string;
  text: string;
  caret: number;
  kind: SuggestionKind;
  name: string | null;
  count: number | null;
  exact: boolean;
};

/** A value that tasks have, and in how many. */
export type KnownValue = { value: string; count: number; exact: boolean };

/** What completion cannot know by itself: values of the field at the caret, most frequent first, and saved searches. */
export type Known = { values: readonly KnownValue[]; searches: readonly { name: string; search: string }[] };

const MOST_VALUES = 20;

/**
 * What fits at the caret, search-language 12; nothing for a text that is refused, with the error instead. `known.values`
 * are those of the field that `caretAt` names.
 */
export function complete(
  text: string,
  cursor: number,
  known: Known,
  options: Omit<ReadOptions, 'strict'>,
): { suggestions: Suggestion[]; error: QueryError | null } {
  const caret = caretAt(text, cursor, { now: options.now, zone: zoneOf(options.timeZone) });
  const found = caret.error ? [] : fitting(caret, known, options).map((one) => accepted(text, caret, one));
  const suggestions = found.filter((one) => one.text.length <= MAX_LENGTH);
  if (suggestions.length > 0) return { suggestions, error: null };
  return { suggestions, error: refusal(text.slice(0, cursor), caret.error, options) };
}

/** The error before the caret, else what makes the text as it stands no search. */
function refusal(text: string, found: QueryError | null, options: ReadOptions): QueryError | null {
  if (found && found.position < text.length) return found;
  try {
    readQuery(text, options);
    return found;
  } catch (error) {
    if (!isQueryError(error)) throw error;
    return error;
  }
}

type Offer = Omit<Suggestion, 'text' | 'caret'>;

const offer = (kind: SuggestionKind, token: string, more: Partial<Offer> = {}): Offer => ({
  ...{ kind, token, name: null, count: null, exact: true },
  ...more,
});

function fitting(caret: Caret, known: Known, options: ReadOptions): Offer[] {
  const { asked, typed } = caret;
  switch (asked.what) {
    case 'operand': {
      const words = ['not', 'has'].filter(beginsWith(typed)).map((word) => offer('operator', word));
      return [...fields(typed, words), ...savedSearches(caret, known)];
    }
    case 'field':
      return fields(typed, []);
    case 'operator':
      return operators(asked.field, typed);
    case 'connective':
      return ['and', 'or'].filter(beginsWith(typed)).map((word) => offer('connective', word));
    case 'value':
      return valuesOf(asked, typed, known.values, options);
    case 'nothing':
      return [];
  }
}

/** Fields in the order of their table, then `others`; aliases only when none of these fits. */
function fields(typed: string, others: Offer[]): Offer[] {
  const named = FIELDS.map(({ name }) => name).filter(beginsWith(typed));
  if (named.length + others.length > 0) return [...named.map((name) => offer('field', name)), ...others];
  return FIELDS.flatMap(({ aliases }) => aliases.filter(beginsWith(typed))).map((alias) => offer('field', alias));
}

function operators({ type }: Field, typed: string): Offer[] {
  const symbols = OPERATORS[type].map(symbolOf).filter(beginsWith(typed));
  const words = symbols.length > 0 ? [] : operatorWords(OPERATORS[type], type === 'time').filter(beginsWith(typed));
  return [...symbols, ...words].map((word) => offer('operator', word));
}

function valuesOf(
  { field, pattern }: Extract<Asked, { what: 'value' }>,
  typed: string,
  known: readonly KnownValue[],
  { now, timeZone }: ReadOptions,
): Offer[] {
  const { name } = field;
  const value = (text: string, more: Partial<Offer> = {}) => offer('value', printValue({ text }), more);
  const counted = ({ value: text, count, exact }: KnownValue) => value(text, { count, exact });
  if (name === 'state' || name === 'result' || name === 'family') {
    const all: readonly string[] = SET_VALUES[name];
    const found = all.filter(beginsWith(typed)).map((one) => counted(known.find((k) => k.value === one) ?? none(one)));
    return found.length > 0
      ? found
      : aliasesInSet(name)
          .filter(beginsWith(typed))
          .map((alias) => value(alias));
  }
  if (field.type === 'time') {
    const words = timeWords({ now, zone: zoneOf(timeZone) });
    return words.filter(beginsWith(typed)).map((word) => value(word));
  }
  if (field.type === 'duration') return DURATION_WORDS.filter(beginsWith(typed)).map((word) => value(word));
  if (!isCounted(name)) return [];
  const own = name === 'user' && !pattern ? ['current_user'].filter(beginsWith(typed)).map((word) => value(word)) : [];
  return [...known.slice(0, MOST_VALUES - own.length).map(counted), ...own];
}

const none = (value: string): KnownValue => ({ value, count: 0, exact: true });

/** Saved searches of which a word begins as typed; beside other conditions they stand in parentheses. */
function savedSearches({ typed, start }: Caret, { searches }: Known): Offer[] {
  return searches.flatMap(({ name, search }) => {
    const words = [name, ...name.split(/\s+/)];
    if (!words.some(beginsWith(typed))) return [];
    const token = start === 0 ? search : asPart(search);
    return token === null || token === '' ? [] : [offer('search', token, { name })];
  });
}

function asPart(search: string): string | null {
  try {
    return printPart(parse(search).query);
  } catch (error) {
    if (!isQueryError(error)) throw error;
    return null; // saved before the language changed
  }
}

const beginsWith = (typed: string) => (word: string) => fold(word).startsWith(fold(typed));

/** The text with the token in it: a blank before where two words would become one, or where one reads better. */
function accepted(text: string, { start, end }: Caret, one: Offer): Suggestion {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const apart = before === '' || /[\s(!-]$/.test(before) ? '' : ' ';
  const onward = after === '' || /^[\s),]/.test(after) ? '' : ' ';
  const written = before + apart + one.token;
  return { ...one, text: written + onward + after, caret: written.length };
}

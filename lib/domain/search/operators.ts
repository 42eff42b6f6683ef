import type { CompareOp, ListOp } from './ast';
import type { Token } from './tokenise';

/** An operator as found: which one, and how many tokens it takes. */
export type FoundOperator = { op: CompareOp | ListOp; tokens: number };

const SYMBOLS: Readonly<Record<string, CompareOp | ListOp>> = {
  '=': 'eq',
  '!=': 'ne',
  '~': 'like',
  '!~': 'unlike',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '^': 'in',
  '!^': 'notin',
};

const WORDS: Readonly<Record<string, CompareOp | ListOp>> = {
  like: 'like',
  unlike: 'unlike',
  in: 'in',
  notin: 'notin',
  before: 'lt',
  after: 'gt',
  at: 'eq',
};

const symbolByOp = new Map(Object.entries(SYMBOLS).map(([symbol, op]) => [op, symbol]));

/** The one spelling of an operator in canonical text. */
export const symbolOf = (op: CompareOp | ListOp): string => symbolByOp.get(op) ?? op;

export const operatorOf = (token: Token | undefined): CompareOp | ListOp | undefined =>
  token?.kind === 'operator' ? SYMBOLS[token.text] : undefined;

export const isListOp = (op: CompareOp | ListOp): op is ListOp => op === 'in' || op === 'notin';

/** The operators that can be written as words, of those a field takes; `before`, `after` and `at` are for times. */
export const operatorWords = (allowed: readonly (CompareOp | ListOp)[], time: boolean): string[] => [
  ...Object.keys(WORDS).filter((word) => allowed.includes(WORDS[word] ?? 'eq') && (time || !ABOUT_TIME.has(word))),
  ...(allowed.includes('notin') ? ['not in'] : []),
  ...(allowed.includes('unlike') ? ['not like'] : []),
];

const ABOUT_TIME = new Set(['before', 'after', 'at']);

/**
 * A word operator at this token: `like`, `not in` and so on, only when a value follows, for lists also `(`
 * (search-language 3.5). The caller knows that the word before names a field.
 */
export function wordOperatorAt(tokens: readonly Token[], at: number): FoundOperator | undefined {
  const negated = isWord(tokens[at], 'not', 'not');
  const found = wordOperator(tokens[negated ? at + 1 : at]);
  if (!found || (negated && found !== 'in' && found !== 'like')) return undefined;
  const length = negated ? 2 : 1;
  const next = tokens[at + length]?.kind;
  if (next !== 'word' && next !== 'quoted' && !(next === '(' && isListOp(found))) return undefined;
  if (!negated) return { op: found, tokens: length };
  return { op: found === 'in' ? 'notin' : 'unlike', tokens: length };
}

function wordOperator(token: Token | undefined): CompareOp | ListOp | undefined {
  if (token?.kind !== 'word' || token.text.length > 6) return undefined;
  const word = token.text.toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

const isWord = (token: Token | undefined, kind: Token['kind'], text: string): boolean =>
  token?.kind === kind && token.text.toLowerCase() === text;

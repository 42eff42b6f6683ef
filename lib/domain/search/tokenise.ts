import type { Place } from './errors';

export type TokenKind = 'word' | 'quoted' | 'operator' | 'and' | 'or' | 'not' | 'null' | 'notnull' | '(' | ')' | ',';

/**
 * A piece of a query. `text` is the value of a word without its quotes and escapes, for an operator its one spelling
 * (`==` is `=`, `<>` is `!=`), else as it stands there.
 */
export type Token = Place & { kind: TokenKind; text: string; closed?: false };

const BLANK = /[\s\u0085]/;
const ENDS_WORD = '(),=~<>&|';
const OPERATORS = ['==', '!=', '<>', '>=', '<=', '!~', '!^', '=', '>', '<', '~', '^'];
const SPELLING: Readonly<Record<string, string>> = { '==': '=', '<>': '!=' };
const WORD_KINDS: Readonly<Record<string, TokenKind>> = {
  and: 'and',
  or: 'or',
  not: 'not',
  has: 'notnull',
  'set?': 'notnull',
  'null?': 'null',
};

/** Splits any text into tokens, search-language 2; each character is looked at a bounded number of times. Never throws. */
export function tokenise(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    if (BLANK.test(query.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(query, at);
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

function tokenAt(query: string, position: number): Token {
  const char = query.charAt(position);
  if (char === '(' || char === ')' || char === ',') return { kind: char, text: char, position, length: 1 };
  if (char === '"') return quotedAt(query, position);
  const operator = OPERATORS.find((text) => query.startsWith(text, position));
  if (operator) {
    return { kind: 'operator', text: SPELLING[operator] ?? operator, position, length: operator.length };
  }
  if (char === '&' || char === '|') {
    const length = query.charAt(position + 1) === char ? 2 : 1;
    return { kind: char === '&' ? 'and' : 'or', text: char.repeat(length), position, length };
  }
  if (char === '!' || char === '-') return { kind: 'not', text: char, position, length: 1 };
  const text = query.slice(position, wordEnd(query, position));
  return { kind: kindOfWord(text), text, position, length: text.length };
}

function kindOfWord(text: string): TokenKind {
  const word = text.length <= 5 ? text.toLowerCase() : '';
  return Object.hasOwn(WORD_KINDS, word) ? (WORD_KINDS[word] ?? 'word') : 'word';
}

/** A word ends before a blank or a special character, and before an operator that begins with `!` or `^`. */
function wordEnd(query: string, position: number): number {
  for (let at = position; at < query.length; at += 1) {
    const char = query.charAt(at);
    if (BLANK.test(char) || ENDS_WORD.includes(char)) return at;
    const next = query.charAt(at + 1);
    if (char === '!' && (next === '=' || next === '~')) return at;
    if (char === '^' && endsListOperator(next)) return at;
    if (char === '!' && next === '^' && endsListOperator(query.charAt(at + 2))) return at;
  }
  return query.length;
}

const endsListOperator = (next: string): boolean => next === '' || next === '(' || next === '"' || BLANK.test(next);

function quotedAt(query: string, position: number): Token {
  let text = '';
  for (let at = position + 1; at < query.length; at += 1) {
    const char = query.charAt(at);
    if (char === '"') return { kind: 'quoted', text, position, length: at + 1 - position };
    if (char === '\\' && at + 1 < query.length) at += 1;
    text += query.charAt(at);
  }
  return { kind: 'quoted', text, position, length: query.length - position, closed: false };
}

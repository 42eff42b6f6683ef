import type { Pattern } from './bound';

/**
 * Text without its case. Unlike `toLowerCase` alone it reads each character by itself (a final sigma is a sigma), so the
 * fold of a part is a part of the fold.
 */
export const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

/**
 * Reads the value of `~` (search-language 4.1): `*` and `%` are the wildcard, `\*`, `\%` and `\\` are literal, another
 * backslash is itself. Pieces come folded; wildcards side by side count as one.
 */
export function toPattern(text: string): Pattern {
  const pieces = [''];
  let wild = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === '*' || char === '%') {
      if (pieces.length === 1 || pieces.at(-1) !== '') pieces.push('');
      wild = true;
    } else if (char === '\\' && (next === '*' || next === '%' || next === '\\')) {
      pieces[pieces.length - 1] += next;
      at += 1;
    } else {
      pieces[pieces.length - 1] += char;
    }
  }
  return { anchored: wild, pieces: pieces.map(fold) };
}

/** Whether the text holds an unescaped wildcard, so that `~` was probably meant. */
export const hasWildcard = (text: string): boolean => toPattern(text).anchored;

/** Whether a pattern fits a text, case ignored. Time grows with the text's length, whatever the pattern. */
export function fits(pattern: Pattern, text: string): boolean {
  const folded = fold(text);
  const first = pattern.pieces[0] ?? '';
  if (!pattern.anchored) return indexOf(folded, first, 0) >= 0;
  const last = pattern.pieces.at(-1) ?? '';
  if (folded.length < first.length + last.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;
  const end = folded.length - last.length;
  let at = first.length;
  for (const piece of pattern.pieces.slice(1, -1)) {
    const found = indexOf(folded, piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}

// A short needle bounds the work of the engine's own search; a long one could make it quadratic ("aaa…b" in "aaa…").
const SHORT = 64;

const indexOf = (text: string, needle: string, from: number): number =>
  needle.length <= SHORT ? text.indexOf(needle, from) : searchLong(text, needle, from);

/** Knuth, Morris and Pratt: never looks at a character of the text more than twice. */
function searchLong(text: string, needle: string, from: number): number {
  if (text.length - from < needle.length) return -1;
  const back = new Uint16Array(needle.length); // a query has at most 4,096 characters
  for (let at = 1, matched = 0; at < needle.length; at += 1) {
    while (matched > 0 && needle[at] !== needle[matched]) matched = back[matched - 1] ?? 0;
    if (needle[at] === needle[matched]) matched += 1;
    back[at] = matched;
  }
  for (let at = from, matched = 0; at < text.length; at += 1) {
    while (matched > 0 && text[at] !== needle[matched]) matched = back[matched - 1] ?? 0;
    if (text[at] === needle[matched]) matched += 1;
    if (matched === needle.length) return at - needle.length + 1;
  }
  return -1;
}

/** Whether the digits stand in the text as a whole number, not next to another digit: `100`, but not in `1001`. */
export function hasNumber(digits: string, text: string): boolean {
  for (const [number] of text.matchAll(/[0-9]+/g)) if (number === digits) return true;
  return false;
}

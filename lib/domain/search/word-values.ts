import type { FieldType } from './fields';
import type { Token } from './tokenise';
import { durationUnitOf, unitOf } from './values/units';

const NUMBER = /^\d+(?:\.\d+)?$/;
const PIECE = /^\d+(?:\.\d+)?(?<unit>[a-z]+)$/i;
const DAY = /^(?:\d{4}-\d\d-\d\d|\d{4}\/\d\d\/\d\d|\d\d-\d\d-\d\d|\d\d?\.\d\d?\.\d{4}|today|yesterday|tomorrow)$/i;
const TIME_OF_DAY = /^\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:z|utc|[+-]\d\d:?\d\d)?$/i;

/**
 * How many tokens from `at` on are one unquoted value of a field of that type, at least one: `3 days ago`,
 * `2024-12-01 10:00`, `1 hour 30 minutes` (search-language 4.4).
 */
export function wordsInValue(type: FieldType | undefined, tokens: readonly Token[], at: number): number {
  const word = (offset: number): string => {
    const token = tokens[at + offset];
    return token?.kind === 'word' && token.text.length <= 40 ? token.text.toLowerCase() : '';
  };
  if (type === 'time') return Math.max(relative(word), DAY.test(word(0)) && TIME_OF_DAY.test(word(1)) ? 2 : 1);
  return type === 'duration' ? Math.max(pieces(word), 1) : 1;
}

type WordAt = (offset: number) => string;

function relative(word: WordAt): number {
  const length =
    /^\d+$/.test(word(0)) && unitOf(word(1)) ? 2 : unitOf(/^\d+(?<unit>[a-z]+)$/.exec(word(0))?.[1] ?? '') ? 1 : 0;
  if (length === 0) return 0;
  if (word(length) === 'ago') return length + 1;
  return word(length) === 'from' && word(length + 1) === 'now' ? length + 2 : 0;
}

function pieces(word: WordAt): number {
  for (let length = 0; ; ) {
    if (NUMBER.test(word(length)) && durationUnitOf(word(length + 1))) length += 2;
    else if (durationUnitOf(PIECE.exec(word(length))?.groups?.unit ?? '')) length += 1;
    else return length;
  }
}

/** Whether a word after an unquoted date or duration was probably meant as part of it. */
export const looksLeftOver = (token: Token | undefined): token is Token =>
  token?.kind === 'word' &&
  token.text.length <= 40 &&
  (TIME_OF_DAY.test(token.text) || durationUnitOf(token.text) !== undefined || /^(?:ago|am|pm|utc)$/i.test(token.text));

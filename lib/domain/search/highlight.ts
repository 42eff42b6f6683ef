import { type FieldType, findField } from './fields';
import { wordOperatorAt } from './operators';
import { type Token, tokenise } from './tokenise';
import { wordsInValue } from './word-values';

export type PieceKind = 'field' | 'op' | 'value' | 'string' | 'word' | 'blank';

/** A run of characters of a query with how it is coloured. */
export type Piece = { kind: PieceKind; text: string; position: number };

/**
 * Cuts any text, also one that is refused, into coloured pieces that together are the text again. A word is a field
 * before an operator and after a null test, a value after an operator and in a list.
 */
export function piecesOf(text: string): Piece[] {
  const tokens = tokenise(text);
  const kinds = kindsOf(tokens);
  const pieces: Piece[] = [];
  let end = 0;
  for (const [index, { position, length }] of tokens.entries()) {
    if (position > end) pieces.push({ kind: 'blank', text: text.slice(end, position), position: end });
    end = position + length;
    pieces.push({ kind: kinds[index] ?? 'word', text: text.slice(position, end), position });
  }
  if (end < text.length) pieces.push({ kind: 'blank', text: text.slice(end), position: end });
  return pieces;
}

function kindsOf(tokens: readonly Token[]): PieceKind[] {
  const kinds: PieceKind[] = [];
  let expects: 'operand' | 'value' | 'field' = 'operand';
  let inList = false;
  let type: FieldType | undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const operator: number = expects === 'operand' && !inList ? operatorLength(tokens, at + 1, token) : 0;
    switch (token.kind) {
      case 'word':
      case 'quoted':
        if (expects === 'value' && token.kind === 'word') {
          const words = wordsInValue(type, tokens, at);
          kinds.push(...Array<PieceKind>(words).fill('value'));
          at += words - 1;
          expects = 'operand';
          break;
        }
        kinds.push(kindOfWord(token, inList ? 'value' : operator > 0 ? 'field' : expects));
        expects = operator > 0 ? 'value' : 'operand';
        type = operator > 0 ? findField(token.text)?.type : undefined;
        for (let left = operator; left > 0; left -= 1) kinds.push('op');
        at += operator;
        break;
      case 'operator':
        kinds.push('op');
        expects = 'value';
        break;
      case '(':
        kinds.push('op');
        inList = expects === 'value';
        expects = 'operand';
        break;
      case 'null':
      case 'notnull':
        kinds.push('op');
        expects = 'field';
        break;
      case ')':
        inList = false;
        kinds.push('op');
        break;
      case ',':
      case 'and':
      case 'or':
      case 'not':
        kinds.push('op');
        expects = 'operand';
    }
  }
  return kinds;
}

function kindOfWord(token: Token, role: 'operand' | 'value' | 'field'): PieceKind {
  if (role === 'field') return 'field';
  if (token.kind === 'quoted') return 'string';
  return role === 'value' ? 'value' : 'word';
}

/** How many tokens from `at` on are the operator of the word before; 0 when it has none. */
function operatorLength(tokens: readonly Token[], at: number, word: Token): number {
  if (tokens[at]?.kind === 'operator') return 1;
  return word.kind === 'word' && findField(word.text) ? (wordOperatorAt(tokens, at)?.tokens ?? 0) : 0;
}

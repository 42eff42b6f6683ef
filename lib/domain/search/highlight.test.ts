import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './highlight';

const coloured = (text: string): string =>
  piecesOf(text)
    .filter(({ kind }) => kind !== 'blank')
    .map(({ kind, text: piece }) => `${kind}:${piece}`)
    .join(' ');

test.each([
  ['label = vzdump', 'field:label op:= value:vzdump'],
  ['label="a b" and x', 'field:label op:= string:"a b" op:and word:x'],
  ['label in (a, "b") c', 'field:label op:in op:( value:a op:, string:"b" op:) word:c'],
  ['label not in (a)', 'field:label op:not op:in op:( value:a op:)'],
  ['backup in x', 'word:backup word:in word:x'],
  ['(a or -b)', 'op:( word:a op:or op:- word:b op:)'],
  ['has vmid x', 'op:has field:vmid word:x'],
  ['> 5, "x y"', 'op:> value:5 op:, string:"x y"'],
  ['state =', 'field:state op:='],
  ['started_at > 3 days ago x', 'field:started_at op:> value:3 value:days value:ago word:x'],
  ['label = 3 days', 'field:label op:= value:3 word:days'],
])('%s', (text, pieces) => {
  expect(coloured(text)).toBe(pieces);
});

test('the pieces of any text are the text again', () => {
  const unit = fc.constantFrom(
    'a',
    'label',
    ' in ',
    '=',
    '^',
    '(',
    ')',
    '"',
    '\\',
    ' ',
    ',',
    ' not ',
    ' has ',
    '!',
    '-',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
      const pieces = piecesOf(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const { position, text: piece } of pieces) expect(text.startsWith(piece, position)).toBe(true);
    }),
  );
});

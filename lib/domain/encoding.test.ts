import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repairDoubleUtf8 } from './encoding';

/** What a node makes of a line: each byte of its UTF-8 as one character. */
const asSent = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

test.each(['ä ö ü', '€ 日本 😀', 'u2028: \u2028 end', '\u001b[31mrot\u001b[0m für\r', '\ufeffmark'])(
  '%j arrives doubly encoded and is repaired',
  (text) => expect(repairDoubleUtf8(asSent(text))).toBe(text),
);

test.each([
  ['plain ASCII', 'TASK OK'],
  ['Latin-1 bytes that are no UTF-8', 'latin1: äöü'],
  ['broken UTF-8', 'ÿþÃ('],
  ['text with a character beyond one byte', 'Ã¤ and €'],
  ['nothing', ''],
])('%s stays as it is', (_name, text) => expect(repairDoubleUtf8(text)).toBe(text));

test('whatever a worker writes is read back, character by character', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => repairDoubleUtf8(asSent(text)) === text));
});

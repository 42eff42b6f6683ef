import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAnsi } from './ansi';
import { shownText } from './shown-text';

const looks = (line: string): unknown[] =>
  parseAnsi(line).map(({ text, ...style }) => [text, ...Object.values(style).filter((value) => value !== false)]);

test.each<[string, unknown[]]>([
  ['plain', [['plain', null, null]]],
  ['', []],
  [
    '\u001b[31mred\u001b[0m and not',
    [
      ['red', 'red', null],
      [' and not', null, null],
    ],
  ],
  [
    '\u001b[1;32mb\u001b[22mn',
    [
      ['b', true, 'green', null],
      ['n', 'green', null],
    ],
  ],
  ['\u001b[94;41mx', [['x', 'bright-blue', 'red']]],
  ['\u001b[7mx', [['x', null, 'white']]],
  ['\u001b[38;5;196mx', [['x', 'bright-red', null]]],
  ['\u001b[38;5;9mx', [['x', 'bright-red', null]]],
  ['\u001b[38;5;240mx', [['x', 'bright-black', null]]],
  [
    '\u001b[38;2;0;160;0mx\u001b[39my',
    [
      ['x', 'green', null],
      ['y', null, null],
    ],
  ],
  ['\u001b[48;2;20;20;20mx', [['x', null, 'black']]],
  ['\u001b[mx\u001b[2Ky', [['xy', null, null]]],
  [
    'old\rnew \u001b[33mw',
    [
      ['new ', null, null],
      ['w', 'yellow', null],
    ],
  ],
  ['\u001b[38mx', [['x', null, null]]],
  ['\u001b[999mx', [['x', null, null]]],
])('%j', (line, spans) => {
  expect(looks(line)).toEqual(spans);
});

test('the runs of any line are its shown text', () => {
  const unit = fc.constantFrom('a', ' ', '\u001b', '[', '3', '1', ';', 'm', 'K', '\r', ']', '\u0007', '\u009b', '\\');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (line) => {
      expect(
        parseAnsi(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(shownText(line));
    }),
  );
});

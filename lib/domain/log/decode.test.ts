import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLog } from './decode';

test('lines come in order, each once, without a text as an empty line', () => {
  expect(decodeLog([{ n: 3, t: 'c' }, { n: 1, t: 'a' }, { n: 2 }, { n: 1, t: 'a' }])).toBe('a\n\nc');
  expect(
    decodeLog([
      { n: 41, t: '<b>' },
      { n: 40, t: null },
    ]),
  ).toBe('\n<b>');
  expect(decodeLog([])).toBe('');
});

test('no character is lost, whatever the order and how often a line comes', () => {
  const texts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 1000 }), fc.array(fc.nat(19)), (all, first, again) => {
      const lines = all.map((t, index) => ({ n: first + index, t }));
      const twice = again.flatMap((index) => lines.slice(index, index + 1));
      expect(decodeLog([...twice, ...lines].reverse())).toBe(all.join('\n'));
    }),
  );
});

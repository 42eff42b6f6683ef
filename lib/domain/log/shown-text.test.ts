import { expect, test } from 'vitest';
import { shownText } from './shown-text';

test.each([
  ['plain text', 'plain text'],
  ['', ''],
  ['10%\r20%\r30%', '30%'],
  ['done\r', 'done'],
  ['10%\r20%\r', '20%'],
  ['\u001b[31mred\u001b[0m text', 'red text'],
  ['\u001b[1;38;5;196mbold\u001b[m', 'bold'],
  ['\u001b]0;title\u0007after', 'after'],
  ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['\u001b(Bx\u001b=y', 'xy'],
  ['cut off \u001b[3', 'cut off '],
  ['cut off \u001b', 'cut off '],
  ['grün 100 %', 'grün 100 %'],
])('%j is shown as %j', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});

test('a long line full of beginnings is read in linear time', () => {
  const line = '\u001b['.repeat(200_000);
  expect(shownText(line)).toBe('');
  expect(shownText('\u001b]x'.repeat(100_000))).not.toContain('\u001b');
});

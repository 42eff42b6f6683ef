import { describe, expect, test } from 'vitest';
import { chipsOf, type Filter, removeChip, setChip } from './chips';

const filter = (field: Filter['field'], ...values: string[]): Filter => ({ field, op: '=', values });

describe('a query as chips', () => {
  test.each([
    ['', []],
    ['result = failed', ['result = error']],
    ['label ^ (a, b) state=running has vmid', ['label ^ (a, b)', 'state = running', 'has vmid']],
    ['result = error vzdump (a or b)', ['result = error', 'vzdump and (a or b)']],
    ['result = error or result = warning', ['result = error or result = warning']],
    ['vzdump', ['vzdump']],
    ['not label = a, node = b', ['node = b', 'not label = a']],
    ['= 5', ['= 5']],
  ])('%s', (text, chips) => {
    expect(chipsOf(text).map((chip) => chip.text)).toEqual(chips);
  });

  test('tells field, operator and values', () => {
    expect(chipsOf('type in (a b) x')).toEqual([
      { text: 'label ^ (a, b)', field: 'label', op: '^', values: ['a', 'b'] },
      { text: 'x', field: null, op: '', values: [] },
    ]);
  });
});

describe('a filter that is clicked', () => {
  test.each([
    ['', filter('result', 'error'), 'result = error'],
    ['state = running', filter('result', 'error'), 'state = running and result = error'],
    ['result = warning', filter('result', 'error'), 'result = error'],
    ['result ^ (a, b)'.replace('a, b', 'error, warning'), filter('result', 'success'), 'result = success'],
    ['result = ok, node = a', filter('result', 'error', 'warning'), 'result ^ (error, warning) and node = a'],
    ['result != ok', filter('result', 'error'), 'result != success and result = error'],
    ['vzdump nightly', filter('node', 'a'), 'vzdump and nightly and node = a'],
    ['vzdump', filter('node', 'a'), 'node = a and vzdump'],
    ['a or b', filter('node', 'a'), 'node = a and (a or b)'],
    ['not a', filter('node', 'a'), 'node = a and not a'],
    ['', filter('user', 'a b'), 'user = "a b"'],
    ['', { field: 'started_at', op: '>', values: ['1 hour ago'] } as const, 'started_at > "1 hour ago"'],
    ['result=failed', filter('result', 'failed'), 'result = error'],
  ])('on "%s"', (text, added, canonical) => {
    expect(setChip(text, added)).toBe(canonical);
  });

  test.each([
    ['result = error', 'result = error', ''],
    ['result = error and node = a', 'result = error', 'node = a'],
    ['node = a and vzdump and (a or b)', 'node = a', 'vzdump and (a or b)'],
    ['node = a and vzdump and (a or b)', 'vzdump and (a or b)', 'node = a'],
    ['a or b', 'a or b', ''],
  ])('is taken out of "%s" again: %s', (text, removed, canonical) => {
    const chip = chipsOf(text).find((one) => one.text === removed);
    expect(chip && removeChip(text, chip)).toBe(canonical);
  });
});

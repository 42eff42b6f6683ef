import { describe, expect, test } from 'vitest';
import { NOW } from './a-task.test-support';
import { QueryError } from './errors';
import { parseOrder, printOrder } from './order';
import { readQuery } from './read-query';

const options = { now: NOW, timeZone: 'UTC' };

function refusal(read: () => unknown): QueryError {
  try {
    read();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('what a refusal says', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'result = maybe',
      '"maybe" is not a result. Use one of pending, success, warning, cancelled, unknown, partial, error.',
      ['pending', 'success', 'warning', 'cancelled', 'unknown', 'partial', 'error'],
    ],
    [
      'state = runing',
      '"runing" is not a state. Use one of running, stopped, scheduled, pending, paused, unknown.',
      ['running'],
    ],
    ['state =', 'Value expected after "=" at position 7.', []],
    [
      'status = error',
      'There is no field "status". Did you mean state, result or exitstatus?',
      ['state', 'result', 'exitstatus'],
    ],
    ['user.my_key ~ 5', 'There is no field "user.my_key". Did you mean user?', ['user']],
    ['lable = a', 'There is no field "lable". Did you mean label?', ['label']],
    ['has xyzzyx', 'There is no field "xyzzyx".', []],
    ['started_at = 01/02/2024', '01/02/2024 can be read two ways. Write 2024-02-01.', ['2024-02-01', '2024-01-02']],
    ['started_at = 13/02/2024', '13/02/2024 is not how a date is written here. Write 2024-02-13.', ['2024-02-13']],
    ['started_at = soon', '"soon" is not a date. Write 2024-12-01, "2024-12-01 10:00", yesterday or "3 days ago".', []],
    ['duration = "25 potatoes"', '"25 potatoes" is not a duration. Write 90s, 1h30m or "2 days".', []],
    ['vmid = 1e3', '"1e3" is not a number. Write digits only.', []],
    ['log = done', '"=" does not go with log. Use ~ or !~.', ['~', '!~']],
    ['label > a', '">" does not go with label. Use =, !=, ~, !~, ^ or !^.', ['=', '!=', '~', '!~', '^', '!^']],
    ['> soon', '"soon" is neither a number nor a date. Without a field ">" compares VMIDs and dates.', []],
  ])('%s', (text, message, suggestions) => {
    const error = refusal(() => readQuery(text, options));
    expect([error.message, error.suggestions]).toEqual([message, suggestions]);
    expect(error.token).toBe(text.slice(error.position, error.position + error.length).replace(/"/g, ''));
  });
});

describe('what an accepted search is told', () => {
  test.each([
    [
      'label = vzdump and result = error or result = warning',
      'mixed_and_or',
      'Read as: label = vzdump and (result = error or result = warning).',
      34,
    ],
    ['label = vz*', 'wildcard_needs_like', '"=" takes vz* as it stands. Use ~ for a pattern.', 8],
    ['label !^ (a, b%)', 'wildcard_needs_like', '"!^" takes b% as it stands. Use !~ for a pattern.', 13],
    ['= a*', 'wildcard_needs_like', '"=" takes a* as it stands. Use ~ for a pattern.', 2],
  ])('%s', (text, code, message, position) => {
    expect(readQuery(text, options).notices).toEqual([expect.objectContaining({ code, message, position })]);
  });

  test.each(['label ~ vz*', 'label = a\\*', 'vz*', 'a and (b or c)'])('%s: nothing', (text) => {
    expect(readQuery(text, options).notices).toEqual([]);
  });
});

describe('strict mode', () => {
  const strict = { ...options, strict: true };
  test.each([
    ['a and', 'strict_repair', 2, 'and'],
    ['(a', 'strict_repair', 0, '('],
    ['a and b or c', 'strict_mixed', 8, 'or'],
    ['', 'strict_empty', 0, ''],
    [' , ', 'strict_empty', 0, ''],
    ['()', 'empty_group', 0, '()'],
  ])('refuses "%s"', (text, code, position, token) => {
    expect(refusal(() => readQuery(text, strict))).toMatchObject({ code, position, token });
  });

  test.each(['state = stopped', 'a and (b or c)', 'a b', 'a or b c'])('accepts %s', (text) => {
    expect(() => readQuery(text, strict)).not.toThrow();
  });
});

describe('an order', () => {
  test.each([
    ['', 'started_at DESC'],
    ['label', 'label ASC'],
    ['start desc', 'started_at DESC'],
    ['  VMID   Asc ', 'vmid ASC'],
  ])('"%s" is %s', (text, canonical) => {
    expect(printOrder(parseOrder(text))).toBe(canonical);
  });

  test.each([
    ['log', 'unknown_field', 0],
    ['tag desc', 'unknown_field', 0],
    ['nonsense', 'unknown_field', 0],
    ['label up', 'bad_value', 6],
    ['label asc, node', 'bad_value', 6],
    ['label asc node', 'bad_value', 10],
  ])('"%s" is refused', (text, code, position) => {
    expect(refusal(() => parseOrder(text))).toMatchObject({ code, position });
  });
});

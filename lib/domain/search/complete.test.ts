import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { NOW } from './a-task.test-support';
import { complete, type Known } from './complete';
import { isQueryError } from './errors';
import { FIELDS } from './fields';
import { readQuery } from './read-query';

vi.setConfig({ testTimeout: 30_000 });

const options = { now: NOW, timeZone: 'Europe/Berlin' };
const value = (text: string, count = 1) => ({ value: text, count, exact: true });
const known: Known = {
  values: [value('vzdump', 9), value('qm start', 4), value('and', 1)],
  searches: [
    { name: 'failed', search: 'state = paused or result = error or result = warning' },
    { name: 'long running', search: 'state = running and duration > 2d' },
  ],
};

const at = (text: string, cursor = text.length) => complete(text, cursor, known, options);
const tokens = (text: string) => at(text).suggestions.map(({ token }) => token);
const kinds = (text: string) => new Set(at(text).suggestions.map(({ kind }) => kind));

const NAMES = FIELDS.map(({ name }) => name);
const SEARCHES = known.searches.map(({ search }) => search);
const PARTS = SEARCHES.map((search) => `(${search})`);
const TEXT_OPERATORS = ['=', '!=', '~', '!~', '^', '!^'];
const VALUES = ['vzdump', '"qm start"', '"and"'];

describe('where an operand can begin there are fields, not, has, and saved searches', () => {
  test.each(['', ' '])('in "%s"', (text) => {
    expect(tokens(text)).toEqual([...NAMES, 'not', 'has', ...(text === '' ? SEARCHES : PARTS)]);
    expect(kinds(text)).toEqual(new Set(['field', 'operator', 'search']));
  });
  test.each([
    'vzdump and ',
    'a or ',
    'a &',
    'a || ',
    '(',
    'a (',
    'a, ',
    'a,',
    'not ',
    '!',
    '-',
    'label, ',
    'label not ',
  ])('in "%s"', (text) => expect(tokens(text)).toEqual([...NAMES, 'not', 'has', ...PARTS]));
});

test.each<[string, string[]]>([
  // A typed part narrows, case ignored; aliases only when nothing else fits.
  ['la', ['label']],
  ['LA', ['label']],
  ['sta', ['state', 'started_at', 'state_updated_at']],
  ['vzdump and st', ['state', 'started_at', 'state_updated_at']],
  ['-res', ['result']],
  ['no', ['node', 'not']],
  ['ha', ['has']],
  ['own', ['owner', 'owner.login', 'owner.id']],
  ['worker_t', ['worker_type']],
  ['fai', SEARCHES.slice(0, 1)],
  ['run', SEARCHES.slice(1)],
  ['node = pve1 and fai', PARTS.slice(0, 1)],
  ['xyz', []],
  // After a null test fields only, after its field connectives only.
  ['has ', NAMES],
  ['set? to', ['token']],
  ['null? en', ['ended_at']],
  ['not has own', ['owner', 'owner.login', 'owner.id']],
  ['has vmid ', ['and', 'or']],
  ['null? ended_at a', ['and']],
  // After a field and a blank the operators of its type.
  ['label ', TEXT_OPERATORS],
  ['user ', TEXT_OPERATORS],
  ['tag ', TEXT_OPERATORS],
  ['state ', TEXT_OPERATORS],
  ['vmid ', ['=', '!=', '>', '>=', '<', '<=', '^', '!^']],
  ['started_at ', ['=', '!=', '>', '>=', '<', '<=']],
  ['duration ', ['=', '!=', '>', '>=', '<', '<=']],
  ['log ', ['~', '!~']],
  ['a and TYPE ', TEXT_OPERATORS],
  ['label !', ['!=', '!~', '!^']],
  ['label not', ['notin', 'not in', 'not like']],
  ['label li', ['like']],
  ['started_at be', ['before']],
  ['label be', []],
  // After an operator or in a list values.
  ['result = ', ['pending', 'success', 'warning', 'cancelled', 'unknown', 'partial', 'error']],
  ['result =', ['pending', 'success', 'warning', 'cancelled', 'unknown', 'partial', 'error']],
  ['result = E', ['error']],
  ['result = fail', ['failed', 'failure', 'fail']],
  ['result ^ (error, w', ['warning']],
  ['result ~ w', ['warning']],
  ['state = p', ['pending', 'paused']],
  ['family = ba', ['backup']],
  ['label = ', VALUES],
  ['label = "', VALUES],
  ['label ~ ', VALUES],
  ['label in (', VALUES],
  ['label not in ', VALUES],
  ['label ^ (a, ', VALUES],
  ['label ^ (a or ', VALUES],
  ['user = ', [...VALUES, 'current_user']],
  ['user != c', [...VALUES, 'current_user']],
  ['user ~ ', VALUES],
  ['duration > ', ['1m', '10m', '1h', '1d']],
  ['duration > 1', ['1m', '10m', '1h', '1d']],
  // NOW is a Wednesday.
  [
    'started_at > ',
    ['"30 minutes ago"', '"1 hour ago"', 'today', 'yesterday', 'monday', 'sunday', 'saturday', 'friday'].concat([
      '"6 days ago"',
      '"1 week ago"',
    ]),
  ],
  ['started_at after 1', ['"1 hour ago"', '"1 week ago"']],
  ['started_at > 1 ', ['"1 hour ago"', '"1 week ago"']],
  ['started_at > 30  Min', ['"30 minutes ago"']],
  ['started_at > "1 w', ['"1 week ago"']],
  ['started_at > TO', ['today']],
  // After something complete and a blank connectives.
  ['vzdump ', ['and', 'or']],
  ['"a b" ', ['and', 'or']],
  ['label = vzdump ', ['and', 'or']],
  ['label ^ (a, b) ', ['and', 'or']],
  ['label ^ (a, b)', ['and', 'or']],
  ['(a or b) ', ['and', 'or']],
  ['started_at > yesterday ', ['and', 'or']],
  ['started_at > 3 days ago o', ['or']],
  ['^ a b ', ['and', 'or']],
  ['label = label ', ['and', 'or']],
  ['"label" ', ['and', 'or']],
  ['label = a AN', ['and']],
  // Operators without a field have no values of their own.
  ['vzdump x', []],
  ['> ', []],
  ['> vm', []],
])('"%s" asks for %j', (text, expected) => {
  expect(tokens(text)).toEqual(expected);
});

test.each<[string, string, number]>([
  ['foo = ', 'unknown_field', 0],
  ['label > ', 'bad_operator', 6],
  ['log = ', 'bad_operator', 4],
  ['result = maybe and ', 'bad_value', 9],
  ['result = maybe', 'bad_value', 9],
  ['a) ', 'unmatched_paren', 1],
  ['() and ', 'empty_group', 0],
  ['label = (', 'list_syntax', 8],
  ['label ^ (a and ', 'list_syntax', 11],
  ['started_at > 01/02/2024 ', 'bad_value', 13],
  ['id = ', 'value_expected', 5],
])('the refused text "%s" gets its error and nothing else', (text, code, position) => {
  const { suggestions, error } = at(text);
  expect(suggestions).toEqual([]);
  expect(error).toMatchObject({ code, position });
});

test.each<[string, string]>([
  ['la', 'label'],
  ['node = pve1 and la', 'node = pve1 and label'],
  ['-la', '-label'],
  ['label', 'label'],
  ['label ', 'label ='],
  ['label=', 'label= vzdump'],
  ['label ^ (a,', 'label ^ (a, vzdump'],
  ['label = "v', 'label = vzdump'],
  ['started_at > 30  min', 'started_at > "30 minutes ago"'],
  ['(a or b)', '(a or b) and'],
])('accepting the first suggestion of "%s" gives "%s"', (text, expected) => {
  expect(at(text).suggestions[0]?.text).toBe(expected);
});

test('a token that the caret is in is replaced whole, and what follows stays', () => {
  expect(at('label = vz_old and node = a', 10).suggestions[0]).toMatchObject({
    text: 'label = vzdump and node = a',
    caret: 14,
  });
  expect(at('label = "a b") or c', 10).suggestions[0]?.text).toBe('label = vzdump) or c');
  expect(at('label = node', 8).suggestions[0]?.text).toBe('label = vzdump node');
});

test('at most 20 values are offered, current_user among them', () => {
  const values = Array.from({ length: 30 }, (_, n) => value(`user${n}@pam`, 30 - n));
  const { suggestions } = complete('user = ', 7, { values, searches: [] }, options);
  expect(suggestions.map(({ token }) => token)).toEqual([
    ...values.slice(0, 19).map((one) => one.value),
    'current_user',
  ]);
  expect(suggestions[0]).toMatchObject({ kind: 'value', count: 30, exact: true });
});

const anyText = fc
  .array(
    fc.constantFrom(
      ...[
        'label',
        'result',
        'started_at',
        'duration',
        'user',
        'vmid',
        'log',
        'owner.id',
        'foo',
        'vz',
        'err',
        '1',
        '30',
      ],
      ...[
        '=',
        '!=',
        '~',
        '^',
        '!^',
        '>',
        '<=',
        'in',
        'not',
        'not in',
        'like',
        'after',
        'before',
        '!',
        '-',
        ',',
        '(',
        ')',
      ],
      ...['and', 'or', '&', '|', 'has', 'null?', '"', '"a b"', "'", 'today', 'days', 'ago', 'minutes', '*', ' '],
    ),
    { maxLength: 9 },
  )
  .chain((parts) => fc.constantFrom('', ' ').map((between) => parts.join(between)));

/** Whether something written after it makes the text one that the parser takes. */
const canGoOn = (text: string): boolean =>
  ['', ' x', ' 1', ' now', ' error', ' = x', ' = 1', ' = now', ' = error', ' ~ x', ' label', ' (x)', ' (error)'].some(
    (more) => {
      try {
        readQuery(text + more, options);
        return true;
      } catch (error) {
        if (!isQueryError(error)) throw error;
        return false;
      }
    },
  );

test('whatever is accepted is a search, or the beginning of one', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { text: after } of at(text).suggestions) expect([after, canGoOn(after)]).toEqual([after, true]);
    }),
    { numRuns: 2000 },
  );
});

test('anything at all can be asked, with the caret anywhere', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string()), fc.nat(40), (text, cursor) => {
      const { suggestions, error } = at(text, Math.min(cursor, text.length));
      expect(suggestions.length === 0 || error === null).toBe(true);
    }),
  );
});

test('a text of the greatest length is answered at once', () => {
  const begun = performance.now();
  at('a or '.repeat(819));
  expect(performance.now() - begun).toBeLessThan(500);
});

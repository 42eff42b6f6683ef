import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ALICE, aTask, NOW } from './a-task.test-support';
import { group, type Query, type Value } from './ast';
import { isQueryError } from './errors';
import { evaluate } from './evaluate';
import { MAX_LENGTH, parse } from './parse';
import { print } from './print';
import { readQuery } from './read-query';
import { sexp } from './sexp.test-support';
import { tokenise } from './tokenise';

vi.setConfig({ testTimeout: 30_000 }); // a thousand queries each, also on a busy machine

const options = { now: NOW, timeZone: 'Europe/Berlin' };
const nowhere = { position: 0, length: 0 };

const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
  fc.constantFrom(
    'and',
    'OR',
    'not',
    'has',
    'in',
    'a b',
    '3 days ago',
    '2024-12-01',
    '"',
    '\\',
    'a"b\\',
    "'",
    '-x',
    '!',
  ),
  fc.constantFrom('x!', 'x^', '^', '=', '10:00', 'label', 'started_at', '*', '100\\%', '(', 'a,b', 'set?', 'like'),
);
const anyValue = anyText.map((text): Value => ({ text, quoted: false, ...nowhere }));
const anyField = fc
  .constantFrom('label', 'started_at', 'duration', 'state', 'tag', 'nonsense')
  .map((text): Value => ({ text, quoted: false, ...nowhere }));
const opAt = { text: '', ...nowhere };

const anyLeaf: fc.Arbitrary<Query> = fc.oneof(
  anyValue.map((value): Query => ({ kind: 'word', value })),
  fc
    .tuple(
      fc.constantFrom('eq', 'ne', 'like', 'unlike', 'gt', 'gte', 'lt', 'lte'),
      fc.option(anyField, { nil: null }),
      anyValue,
    )
    .map(([op, field, value]): Query => ({ kind: 'compare', op, field, value, opAt })),
  fc
    .tuple(fc.constantFrom('in', 'notin'), anyField, fc.array(anyValue, { minLength: 1, maxLength: 3 }))
    .map(([op, field, values]): Query => ({ kind: 'list', op, field, values, opAt })),
  fc.tuple(fc.constantFrom('null', 'notnull'), anyField).map(([kind, field]): Query => ({ kind, field })),
);

const { anyQuery } = fc.letrec<{ anyQuery: Query }>((tie) => ({
  anyQuery: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyLeaf,
    tie('anyQuery').map((of): Query => ({ kind: 'not', of })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('anyQuery'), { minLength: 2, maxLength: 3 }))
      .map(([kind, of]) => group(kind, of)),
  ),
}));

/** Text that is often a query: pieces of the language, a word of it and blanks in any order. */
const anySoup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        ',',
        ' ',
        '"',
        '!',
        '-',
        '=',
        '!=',
        '<',
        '>=',
        '~',
        '!~',
        '^',
        '!^',
        '&',
        '|',
        '\\',
        "'",
      ),
      fc.constantFrom(' and ', ' or ', ' not ', ' has ', ' null? ', ' in ', ' like ', ' before ', ' ago', ' from now'),
      fc.constantFrom('label', 'state', 'result', 'vmid', 'started_at', 'duration', 'user', 'tag', 'log', 'status'),
      fc.constantFrom('error', 'failed', 'running', '100', '2024-12-01', '10:00', 'qm*', '3 days', '1h30m', 'root@pam'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));

describe('printing and parsing', () => {
  test('are inverse', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { query: read, notices } = parse(print(query));
        expect(sexp(read)).toBe(sexp(query));
        expect(notices).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('the canonical text of the canonical text is itself, finds the same and passes strict mode', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anySoup, (text) => {
        const read = attempt(text);
        if (!read) return;
        accepted += 1;
        const again = readQuery(read.canonical, { ...options, strict: read.tree.kind !== 'all' });
        expect(again.canonical).toBe(read.canonical);
        expect(again.bound).toEqual(read.bound);
      }),
      { numRuns: 1000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

function attempt(text: string): ReturnType<typeof readQuery> | undefined {
  try {
    return readQuery(text, options);
  } catch (error) {
    if (!isQueryError(error)) throw error;
    expect(error.message).not.toBe('');
    expect(error.position).toBeLessThanOrEqual(text.length);
    expect(error.position + error.length).toBeLessThanOrEqual(text.length);
    return undefined;
  }
}

describe('reading any text', () => {
  test('throws nothing but QueryError, at a place within the text', () => {
    fc.assert(
      fc.property(fc.oneof(anySoup, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
        attempt(text);
      }),
      { numRuns: 1000 },
    );
  });

  const worst = ['(', ')', '"', '\\', '!', '-', ',', 'a ', 'a,', 'a and ', 'a or ', '^a ', '!^', 'not ', 'has ', "'"];
  const worse = [
    'a and b or ',
    '"a"',
    'label = ',
    'duration > 1 h ',
    'started_at > 1 ',
    'a=b ',
    'label in (a ',
    'a,,,,,',
  ];

  test.each([...worst, ...worse, '2024-12-01 ', '*a', '\u3000', '10:00 ', 'a!', 'a^', 'sTaTe=rUnning '])(
    '%j over and over is looked at a bounded number of times',
    (piece) => {
      const text = piece.repeat(MAX_LENGTH).slice(0, MAX_LENGTH);
      expect(looksAt(text)).toBeLessThan(8 * MAX_LENGTH);
      attempt(text);
    },
  );
});

/** How often the tokeniser reads a character. */
function looksAt(text: string): number {
  const original = String.prototype.charAt;
  let looks = 0;
  String.prototype.charAt = function charAt(at) {
    looks += 1;
    return original.call(this, at);
  };
  try {
    tokenise(text);
  } finally {
    String.prototype.charAt = original;
  }
  return looks;
}

describe('evaluation', () => {
  const anyClause = fc.constantFrom(
    ...['state = running', 'result ^ (error, warning)', 'vmid != 100', 'vmid > 150', 'guest ~ web*', 'tag != infra'],
    ...['null? token', 'user = current_user', 'user ~ "*!ci"', 'duration > 2h', 'ended_at < today', '100', 'vzdump'],
    ...['family = backup', 'exitstatus !~ error', 'log ~ space', '2025-01-15', 'action ~ start', '!= qmstart', '> 99'],
  );
  const anyTask = fc
    .record({
      label: fc.constantFrom('qmstart', 'vzdump', 'aptupdate'),
      id: fc.constantFrom('100', '200', '300', ''),
      user: fc.constantFrom('root@pam', 'alice@pve'),
      token: fc.constantFrom(null, 'ci'),
      ended: fc.constantFrom(null, '2025-01-15T09:00:00Z', '2025-01-14T23:30:00Z'),
      exitStatus: fc.constantFrom('OK', 'WARNINGS: 1', 'error 100', ''),
      guest: fc.constantFrom(null, { name: 'web-1', tags: ['infra'] }, { name: null }),
      hasLog: fc.boolean(),
    })
    .map(aTask);

  test('keeps the laws of not, and, or', () => {
    fc.assert(
      fc.property(anyClause, anyClause, anyTask, (one, other, task) => {
        const holds = (text: string): boolean =>
          evaluate(readQuery(text, options).bound, task, ALICE, NOW, ['no space left']);
        const [first, second] = [holds(one), holds(other)];
        expect(holds(`not (${one})`)).toBe(!first);
        expect(holds(`not not (${one})`)).toBe(first);
        expect(holds(`(${one}) and (${other})`)).toBe(first && second);
        expect(holds(`(${one}) or (${other})`)).toBe(first || second);
        expect(holds(`not ((${one}) or (${other}))`)).toBe(!first && !second);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['guest', 'tag', 'pool', 'token', 'vmid', 'ended_at', 'exitstatus', 'id', 'parent'])(
    'a missing %s is no hit for any comparison, and is one for null?',
    (field) => {
      const task = aTask({ label: 'aptupdate', id: '', ended: null });
      const holds = (text: string): boolean => evaluate(readQuery(text, options).bound, task, ALICE, NOW);
      const ops = field === 'vmid' ? ['= 1', '!= 1', '!^ (1)'] : ['= 2024-01-01', '!= 2024-01-01'];
      for (const op of ops)
        expect([op, holds(`${field} ${op}`), holds(`not ${field} ${op}`)]).toEqual([op, false, true]);
      expect([holds(`null? ${field}`), holds(`has ${field}`)]).toEqual([true, false]);
    },
  );
});

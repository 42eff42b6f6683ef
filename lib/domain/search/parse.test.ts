import { describe, expect, test } from 'vitest';
import { QueryError } from './errors';
import { MAX_LENGTH, parse } from './parse';
import { sexp } from './sexp.test-support';
import { tokenise } from './tokenise';

const tree = (text: string): string => sexp(parse(text).query);

function refusal(text: string): Pick<QueryError, 'code' | 'position' | 'length' | 'token' | 'message'> {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('tokens', () => {
  test.each([
    ['px-a', ['px-a']],
    ['a -b', ['a', '-', 'b']],
    ['root@pam!ci', ['root@pam!ci']],
    ['state!=stopped', ['state', '!=', 'stopped']],
    ['state!~stop', ['state', '!~', 'stop']],
    ['a==b<>c', ['a', '=', 'b', '!=', 'c']],
    ['label^(a)', ['label', '^', '(', 'a', ')']],
    ['label!^"a"', ['label', '!^', 'a']],
    ['a^b', ['a^b']],
    ['a!^b', ['a!^b']],
    ['a^', ['a', '^']],
    ['a"b', ['a"b']],
    ['"a"b"c"', ['a', 'b"c"']],
    ['"a\\"b\\\\c\\d"', ['a"b\\cd']],
    ['a&&b||c&d|e', ['a', '&&', 'b', '||', 'c', '&', 'd', '|', 'e']],
    ["it's 100\\%", ["it's", '100\\%']],
    ['a\u00a0b\u2003c\u0085d', ['a', 'b', 'c', 'd']],
    ['x>=1,y', ['x', '>=', '1', ',', 'y']],
    ['"open', ['open']],
    ['"open\\', ['open\\']],
  ])('%j', (text, texts) => {
    expect(tokenise(text).map((token) => token.text)).toEqual(texts);
  });

  test('quoted words are never connectives, operators or null tests', () => {
    expect(tokenise('"and" "not" "has" "="').map((token) => token.kind)).toEqual(Array(4).fill('quoted'));
    expect(tree('"and" "in" "has"')).toBe('(and "and" "in" "has")');
  });
});

describe('trees', () => {
  test.each([
    ['a and b or c', '(and "a" (or "b" "c"))'],
    ['a or b and c', '(or "a" (and "b" "c"))'],
    ['a or b or c and d and e or f', '(or "a" "b" (and "c" "d" (or "e" "f")))'],
    ['a or b c', '(and (or "a" "b") "c")'],
    ['not a b', '(and (not "a") "b")'],
    ['not (a b)', '(not (and "a" "b"))'],
    ['not a or b', '(or (not "a") "b")'],
    ['a, < b', '(and "a" (lt "b"))'],
    ['a < b', '(lt "a" "b")'],
    ['a, and b', '(and "a" "b")'],
    [',, a ,, b ,,', '(and "a" "b")'],
    ['vmid = 100 > 2024-12-01', '(and (eq "vmid" "100") (gt "2024-12-01"))'],
    ['label ^ a, b', '(and (in "label" "a") "b")'],
    ['^ a, b c', '(or (eq "a") (eq "b") (eq "c"))'],
    ['^ a', '(eq "a")'],
    ['!^ (a, b)', '(and (ne "a") (ne "b"))'],
    ['^ a, (b)', '(and (eq "a") "b")'],
    ['label in x y', '(and (in "label" "x") "y")'],
    ['label notin (x,)', '(notin "label" "x")'],
    ['label NOT IN (x)', '(notin "label" "x")'],
    ['label not x', '(and "label" (not "x"))'],
    ['label !in x', '(and "label" (not "in") "x")'],
    ['"label" = x', '(eq "label" "x")'],
    ['"label" in x', '(and "label" "in" "x")'],
    ['label = ""', '(eq "label" "")'],
    ['has "vmid" null? guest', '(and (notnull "vmid") (null "guest"))'],
    ['started_at = today 10:00 x', '(and (eq "started_at" "today 10:00") "x")'],
    ['ended_at < 2h ago', '(lt "ended_at" "2h ago")'],
    ['end < 1 week from now', '(lt "end" "1 week from now")'],
    ['started_at > 2024-12-01, 10:00', '(and (gt "started_at" "2024-12-01") "10:00")'],
    ['started_at > "3" days ago', '(and (gt "started_at" "3") "days" "ago")'],
    ['label = 3 days ago', '(and (eq "label" "3") "days" "ago")'],
    ['duration > 1h 30m x', '(and (gt "duration" "1h 30m") "x")'],
    ['duration > 5 apples', '(and (gt "duration" "5") "apples")'],
    ['constructor in x', '(and "constructor" "in" "x")'],
    ['((a))', '"a"'],
    ['and', '(all)'],
    [' , ', '(all)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('repairs and hints', () => {
  test.each([
    ['a and', ['dangling_connective'], 2, 'The last "and" has nothing after it and was left out.'],
    ['or a', ['dangling_connective'], 0, 'The first "or" has nothing before it and was left out.'],
    ['a and or b', ['dangling_connective'], 6, 'The "or" right after "and" was left out.'],
    ['(a or) b', ['dangling_connective'], 3, 'The last "or" has nothing after it and was left out.'],
    ['(a', ['unclosed_paren'], 0, 'A ")" is missing at the end and was added.'],
    ['label ^ (a', ['unclosed_paren'], 8, 'A ")" is missing at the end and was added.'],
    ['label = "a b', ['unclosed_quote'], 8, 'A closing quote is missing at the end and was added.'],
    ["label = 'vzdump'", ['single_quotes'], 8, 'Single quotes are searched as they stand. Use double ones: "…".'],
    [
      'started_at > monday 10:00',
      ['reads_as_words'],
      20,
      '"10:00" is searched as a word. Write "monday 10:00" to make it one value.',
    ],
  ])('%s', (text, codes, position, message) => {
    const { notices } = parse(text);
    expect(notices.map((notice) => notice.code)).toEqual(codes);
    expect(notices[0]).toMatchObject({ position, message });
  });

  test.each([
    ['a and b or c', 8],
    ['a or b and c', 7],
    ['(x) a and b | c', 12],
    ['a or b c', null],
    ['some simple or keywords', null],
    ['a and (b or c)', null],
    ['a and b and c', null],
  ])('%s mixes and with or at %s', (text, position) => {
    expect(parse(text).mixed?.position ?? null).toBe(position);
  });

  test('of a doubled pair the first counts', () => {
    expect(tree('a or and b')).toBe('(or "a" "b")');
  });
});

describe('refusals', () => {
  test.each([
    ['state =', 'value_expected', 7, '', 'Value expected after "=" at position 7.'],
    ['state = and x', 'value_expected', 8, 'and', 'Value expected after "=" at position 8.'],
    ['(state = )', 'value_expected', 9, ')', 'Value expected after "=" at position 9.'],
    ['duration > -5', 'value_expected', 11, '-', 'Value expected after ">" at position 11.'],
    ['a <> =', 'value_expected', 5, '=', 'Value expected after "<>" at position 5.'],
    ['a and not', 'value_expected', 9, '', 'Something to leave out expected after "not" at position 9.'],
    ['not or a', 'value_expected', 4, 'or', 'Something to leave out expected after "not" at position 4.'],
    ['has', 'value_expected', 3, '', 'Field expected after "has" at position 3.'],
    ['set? = 5', 'value_expected', 5, '=', 'Field expected after "set?" at position 5.'],
    ['^', 'value_expected', 1, '', 'Value expected after "^" at position 1.'],
    ['a )', 'unmatched_paren', 2, ')', 'This ")" closes nothing.'],
    ['a ( ) b', 'empty_group', 2, '( )', 'There is nothing between these parentheses.'],
    ['(and)', 'empty_group', 0, '(and)', 'There is nothing between these parentheses.'],
    ['label ^ ()', 'empty_list', 8, '()', 'This list has no values.'],
    ['label ^ (', 'empty_list', 8, '(', 'This list has no values.'],
    ['^ (a and b)', 'list_syntax', 5, 'and', '"and" cannot stand here in a list. Write (a, b).'],
    ['label in (a (b))', 'list_syntax', 12, '(', '"(" cannot stand here in a list. Write (a, b).'],
    ['label in (or a)', 'list_syntax', 10, 'or', '"or" cannot stand here in a list. Write (a, b).'],
    [
      'label = (a, b)',
      'list_syntax',
      8,
      '(',
      'A list cannot stand after "=". Use ^ or !^, as in label ^ (qmstart, vzstart).',
    ],
    ['""', 'empty_value', 0, '""', 'There is nothing between these quotes.'],
    ['a = b = ""', 'empty_value', 8, '""', 'There is nothing between these quotes.'],
  ])('%s', (text, code, position, token, message) => {
    const { code: found, position: at, token: what, message: said } = refusal(text);
    expect([found, at, what, said]).toEqual([code, position, token, message]);
  });

  test('more than 4,096 characters', () => {
    expect(tree('a'.repeat(MAX_LENGTH))).toBe(`"${'a'.repeat(MAX_LENGTH)}"`);
    expect(refusal('a'.repeat(MAX_LENGTH + 1))).toMatchObject({ code: 'too_long', position: 4096, length: 1 });
  });

  test('more than 500 values in a list', () => {
    const list = (count: number): string => `id ^ (${Array(count).fill('a').join(',')})`;
    expect(() => parse(list(500))).not.toThrow();
    expect(refusal(list(501))).toMatchObject({ code: 'too_many_values', position: 6 + 500 * 2 });
    expect(refusal(`^ ${'a '.repeat(501)}`).code).toBe('too_many_values');
  });

  test('more than 64 levels, by parentheses, by not, and by turns of and and or', () => {
    expect(tree(`${'('.repeat(64)}a${')'.repeat(64)}`)).toBe('"a"');
    expect(refusal(`${'('.repeat(65)}a`)).toMatchObject({ code: 'too_deep', position: 64 });
    expect(() => parse(`${'!'.repeat(64)}a`)).not.toThrow();
    expect(refusal(`${'!'.repeat(65)}a`)).toMatchObject({ code: 'too_deep', position: 64 });
    expect(() => parse('a and b or '.repeat(32).concat('c'))).not.toThrow();
    expect(refusal('a and b or '.repeat(33).concat('c')).code).toBe('too_deep');
    expect(() => parse('a and '.repeat(600).concat('b'))).not.toThrow();
  });
});

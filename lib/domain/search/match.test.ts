import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits, hasNumber, toPattern } from './match';

describe('a pattern', () => {
  test.each([
    ['QM', 'xqmigrate', true],
    ['qm*', 'QMSTART', true],
    ['qm*', 'xqm', false],
    ['%start', 'qmstart', true],
    ['%start', 'startall', false],
    ['q*t', 'qmstart', true],
    ['q*t', 'qt', true],
    ['q*t', 'q', false],
    ['a*a', 'a', false],
    ['*dump*', 'vzdump', true],
    ['**', '', true],
    ['a*b*c', 'a-c-b', false],
    ['a*bc*bc', 'abc', false],
    ['cache_1', 'cachex1', false],
    ['a?c', 'abc', false],
    ['100\\%', 'at 100% now', true],
    ['100\\%', 'at 1000', false],
    ['a\\*b', 'xa*by', true],
    ['a\\\\*', 'a\\b', true],
    ['a\\b', 'xa\\by', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['οδοσ*', 'ΟΔΟΣ x', true],
    ['STRASSE', 'straße', false],
  ])('%s against "%s": %s', (pattern, text, fit) => {
    expect(fits(toPattern(pattern), text)).toBe(fit);
  });

  test('agrees with a regular expression made of it', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 12 });
    fc.assert(
      fc.property(letters, texts, (pattern, text) => {
        const wild = pattern.includes('*');
        const source = pattern.replaceAll('*', '.*');
        expect(fits(toPattern(pattern), text)).toBe(new RegExp(wild ? `^${source}$` : source, 'i').test(text));
      }),
    );
  });

  test('a long needle is found where the engine finds it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 200, maxLength: 400 });
    fc.assert(
      fc.property(text, fc.nat(300), fc.integer({ min: 60, max: 90 }), (whole, from, length) => {
        const part = whole.slice(from, from + length);
        expect(fits(toPattern(part), whole)).toBe(true);
        expect(fits(toPattern(`${part}aab`), whole)).toBe(whole.includes(`${part}aab`));
      }),
    );
  });
});

describe('a whole number', () => {
  test.each([
    ['100', 'VM 100 - Start', true],
    ['100', 'VM 1001 - Start', false],
    ['100', '2100', false],
    ['100', 'a100b', true],
    ['100', '1001 100', true],
    ['00', '100', false],
  ])('%s in "%s": %s', (digits, text, found) => {
    expect(hasNumber(digits, text)).toBe(found);
  });
});

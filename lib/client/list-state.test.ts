import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ListState, PLAIN, readState, searchHref, stateHref } from './list-state';

const read = (href: string): ListState => readState(Object.fromEntries(new URL(href, 'http://x').searchParams));

const anyState: fc.Arbitrary<ListState> = fc.record({
  search: fc.string({ unit: 'grapheme' }),
  order: fc.constantFrom('started_at DESC', 'duration ASC', 'node', 'label DESC'),
  page: fc.integer({ min: 1, max: 10_000 }),
  per_page: fc.integer({ min: 1, max: 500 }),
  cursor: fc.string(),
});

test('readState undoes stateHref', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      expect(read(stateHref(state))).toEqual(state);
    }),
  );
});

test('one state has one address', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      expect(stateHref(read(stateHref(state)))).toBe(stateHref(state));
    }),
  );
});

test('defaults stay out of the address', () => {
  expect(stateHref(PLAIN)).toBe('/tasks');
  expect(stateHref({ ...PLAIN, search: 'result = error' })).toBe('/tasks?search=result+%3D+error');
});

test('a bad page, size or order is read as the plain one and a bad search stays', () => {
  expect(read('/tasks?page=0&per_page=501&order=x%3Bdrop&search=state%20%3D')).toEqual({ ...PLAIN, search: 'state =' });
});

test('another search begins on its first page and keeps order and size', () => {
  const from = { search: 'a', order: 'duration DESC', page: 7, per_page: 100, cursor: 'c' };
  expect(read(searchHref('b', from))).toEqual({ ...from, search: 'b', page: 1, cursor: '' });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ListLook, MOVABLE, moved, PLAIN_LOOK, printLook, readLook, sized } from './list-look';

const anyLook: fc.Arbitrary<ListLook> = fc.record({
  density: fc.constantFrom('comfortable', 'dense'),
  values: fc.boolean(),
  order: fc.shuffledSubarray([...MOVABLE], { minLength: MOVABLE.length }),
  showing: fc.dictionary(fc.constantFrom(...MOVABLE), fc.constantFrom('on', 'off'), { noNullPrototype: true }),
  widths: fc.dictionary(fc.constantFrom('action', ...MOVABLE), fc.integer({ min: 40, max: 1200 }), {
    noNullPrototype: true,
  }),
});

test('a look is read as it was remembered', () => {
  fc.assert(
    fc.property(anyLook, (look) => {
      expect(readLook(printLook(look))).toEqual(look);
    }),
  );
});

test('whatever the cookie holds, each column is there once', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^([+-]?(label|node|user|vmid)(:\d+)? ?)+$/)), (text) => {
      expect([...readLook(text).order].sort()).toEqual([...MOVABLE].sort());
    }),
  );
  expect(readLook(undefined)).toEqual(PLAIN_LOOK);
});

test('a column moves by places and stays within the row', () => {
  const first = (look: ListLook) => look.order.slice(0, 3);
  expect(first(moved(PLAIN_LOOK, 'node', -1))).toEqual(['label', 'node', 'exitstatus']);
  expect(first(moved(PLAIN_LOOK, 'node', -9))).toEqual(['node', 'label', 'exitstatus']);
  expect(moved(PLAIN_LOOK, 'duration', 1)).toEqual(PLAIN_LOOK);
});

test('a width has limits, and none gives the share back', () => {
  const narrow = sized(PLAIN_LOOK, 'node', 3);
  expect(narrow.widths).toEqual({ node: 40 });
  expect(sized(narrow, 'node', null)).toEqual(PLAIN_LOOK);
});

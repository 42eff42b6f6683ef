import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stretches } from './list-rows';

test('drawn rows and gaps are the whole list once, in order, with the window and the focused row drawn', () => {
  const cut = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500)).chain(([count, a, b]) => {
    const from = Math.min(a, b, count);
    return fc.record({
      count: fc.constant(count),
      window: fc.constant({ from, to: Math.min(Math.max(a, b), count) }),
      always: fc.uniqueArray(fc.nat(600), { maxLength: 3 }),
    });
  });
  fc.assert(
    fc.property(cut, ({ count, window, always }) => {
      const found = stretches(count, window, always);
      let end = 0;
      for (const piece of found) {
        expect(piece.from).toBe(end);
        expect(piece.to).toBeGreaterThan(piece.from);
        end = piece.to;
      }
      expect(end).toBe(count);
      const drawn = (at: number) => found.some((one) => one.drawn && at >= one.from && at < one.to);
      for (const at of always.filter((one) => one < count)) expect(drawn(at)).toBe(true);
      for (let at = window.from; at < window.to; at += 1) expect(drawn(at)).toBe(true);
    }),
  );
});

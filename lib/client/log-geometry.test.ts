import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logGeometry, PAGE_LINES, ROW_PX, rowsOfLine, spacerOf } from './log-geometry';

describe('without wrapping', () => {
  test('each line takes one row', () => {
    const geometry = logGeometry(200_000);
    expect(geometry.height).toBe(200_000 * ROW_PX);
    expect(geometry.topOf(150_001)).toBe(150_000 * ROW_PX);
    expect(geometry.lineAt(150_000 * ROW_PX + 7)).toBe(150_001);
  });

  test('positions beyond the ends give the first and the last line, an empty log gives none', () => {
    expect(logGeometry(10).lineAt(-50)).toBe(1);
    expect(logGeometry(10).lineAt(5_000)).toBe(10);
    expect(logGeometry(0).lineAt(0)).toBe(0);
  });
});

test('with wrapping, the line at the top of a line is that line, on loaded and unloaded pages', () => {
  const total = fc.integer({ min: 1, max: 3 * PAGE_LINES });
  const rows = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: PAGE_LINES, maxLength: PAGE_LINES });
  fc.assert(
    fc.property(total, rows, fc.nat(), fc.nat(ROW_PX - 1), (lines, pageRows, seed, within) => {
      const geometry = logGeometry(lines, (page) => (page === 1 ? pageRows : undefined));
      const line = (seed % lines) + 1;
      expect(geometry.lineAt(geometry.topOf(line) + within)).toBe(line);
      expect(geometry.topOf(lines)).toBeLessThan(geometry.height);
    }),
    { numRuns: 200 },
  );
});

test('a line takes as many rows as its characters need, an empty one still one', () => {
  expect(rowsOfLine('', 80)).toBe(1);
  expect(rowsOfLine('x'.repeat(80), 80)).toBe(1);
  expect(rowsOfLine('x'.repeat(81), 80)).toBe(2);
});

test('a log too high for a browser is scrolled by proportion, and its end is reached at the end', () => {
  const height = 5_000_000 * ROW_PX;
  const spacer = spacerOf(height, 800);
  expect(spacer.height).toBeLessThan(33_000_000);
  expect((spacer.height - 800) * spacer.ratio).toBeCloseTo(height - 800);
  expect(spacerOf(4_000, 800)).toEqual({ height: 4_000, ratio: 1 });
});

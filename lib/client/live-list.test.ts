import { expect, test } from 'vitest';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';
import { PLAIN } from './list-state';
import { changeRow, isNewRow } from './live-list';

const aTask = (upid: string, startedAt: string, more: Partial<TaskAnswer> = {}) =>
  ({ cluster: 'lab', upid, started_at: startedAt, state: 'running', ...more }) as TaskAnswer;
const aPage = (...results: TaskAnswer[]) => ({ results, subtotal: results.length }) as unknown as TaskListAnswer;
const READ_AT = Date.parse('2025-11-20T14:00:00Z');
const first = aTask('b', '2025-11-20T13:00:00Z');
const second = aTask('a', '2025-11-20T12:00:00Z');
const page = aPage(first, second);

test('a row changes in its place, also when the search no longer finds it', () => {
  const ended = aTask('b', '2025-11-20T13:00:00Z', { state: 'stopped' });
  const changed = changeRow(page, { task: ended, fits: false });
  expect(changed.results).toEqual([ended, second]);
  expect(changed.results[1]).toBe(second);
});

test('the same task of another cluster is another row', () => {
  const other = aTask('b', '2025-11-20T13:00:00Z', { cluster: 'fra' });
  expect(changeRow(page, { task: other, fits: true })).toBe(page);
  expect(isNewRow(page, PLAIN, { task: other, fits: true }, READ_AT)).toBe(true);
});

test('a known row, and one that does not fit, is not new', () => {
  expect(isNewRow(page, PLAIN, { task: first, fits: true }, READ_AT)).toBe(false);
  expect(isNewRow(page, PLAIN, { task: aTask('c', '2025-11-20T14:01:00Z'), fits: false }, READ_AT)).toBe(false);
});

test('on a full first page a task older than its last row is not new', () => {
  const full = { ...PLAIN, per_page: 2 };
  expect(isNewRow(page, full, { task: aTask('0', '2025-11-20T11:00:00Z'), fits: true }, READ_AT)).toBe(false);
  expect(isNewRow(page, full, { task: aTask('c', '2025-11-20T12:30:00Z'), fits: true }, READ_AT)).toBe(true);
  expect(isNewRow(page, PLAIN, { task: aTask('0', '2025-11-20T11:00:00Z'), fits: true }, READ_AT)).toBe(true);
});

test('on another page, and in another order, only what started since it was read is new', () => {
  const early = { task: aTask('c', '2025-11-20T13:30:00Z'), fits: true };
  const late = { task: aTask('d', '2025-11-20T14:01:00Z'), fits: true };
  for (const state of [
    { ...PLAIN, page: 2 },
    { ...PLAIN, order: 'duration DESC' },
  ]) {
    expect(isNewRow(page, state, early, READ_AT)).toBe(false);
    expect(isNewRow(page, state, late, READ_AT)).toBe(true);
  }
});

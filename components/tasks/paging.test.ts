import { expect, test } from 'vitest';
import { PLAIN } from '@/lib/client/list-state';
import type { TaskListAnswer } from '@/lib/contract/task';
import { nextPage, previousPage } from './paging';

const anAnswer = (rows: number, subtotal: number, nextCursor: string | null = null, exact = true) =>
  ({
    results: Array.from({ length: rows }),
    subtotal,
    subtotal_is_exact: exact,
    next_cursor: nextCursor,
  }) as TaskListAnswer;

test('pages end with the last task', () => {
  expect(nextPage(PLAIN, anAnswer(50, 51))).toEqual({ ...PLAIN, page: 2 });
  expect(nextPage({ ...PLAIN, page: 2 }, anAnswer(1, 51))).toBeNull();
  expect(nextPage(PLAIN, anAnswer(50, 50))).toBeNull();
});

test('a count that is not exact does not end the pages', () => {
  expect(nextPage(PLAIN, anAnswer(50, 50, null, false))).toEqual({ ...PLAIN, page: 2 });
});

test('beyond 10,000 tasks a cursor leads on, and back to the newest', () => {
  const last = { ...PLAIN, page: 200 };
  expect(nextPage(last, anAnswer(50, 482_310, 'abc'))).toEqual({ ...PLAIN, cursor: 'abc' });
  const older = { ...PLAIN, cursor: 'abc' };
  expect(nextPage(older, anAnswer(50, 482_310, 'def'))).toEqual({ ...PLAIN, cursor: 'def' });
  expect(nextPage(older, anAnswer(12, 482_310, null))).toBeNull();
  expect(previousPage(older)).toEqual(PLAIN);
});

test('the first page has none before it', () => {
  expect(previousPage(PLAIN)).toBeNull();
  expect(previousPage({ ...PLAIN, page: 3 })).toEqual({ ...PLAIN, page: 2 });
});

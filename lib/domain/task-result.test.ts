import { expect, test } from 'vitest';
import { resultOf } from './task-result';

test.each([
  ['OK', 'success'],
  ['ok', 'error'],
  ['WARNINGS: 3', 'warning'],
  ['WARNINGS: 3 of them', 'error'],
  ['WARNINGS: ', 'error'],
  ['', 'unknown'],
  ['unknown', 'unknown'],
  ['unexpected status', 'unknown'],
  ['received interrupt', 'cancelled'],
  ['Interrupted by Signal', 'cancelled'],
  ['interrupted by unexpected signal', 'cancelled'],
  ['backup aborted by user', 'cancelled'],
  ['job errors', 'error'],
  ['VM is locked (backup)', 'error'],
])('exit status "%s" is %s', (status, result) => {
  expect(resultOf(status)).toBe(result);
});

test('a bad end after a stop asked for here is cancelled, a good one stays what it is', () => {
  expect(resultOf('unexpected status', true)).toBe('cancelled');
  expect(resultOf('migration aborted', true)).toBe('cancelled');
  expect(resultOf('OK', true)).toBe('success');
  expect(resultOf('WARNINGS: 1', true)).toBe('warning');
});

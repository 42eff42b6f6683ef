import { expect, test } from 'vitest';
import { finalStatus } from './final-line';

test.each([
  ['TASK OK', 'OK'],
  ['TASK WARNINGS: 3', 'WARNINGS: 3'],
  ['TASK ERROR: job errors', 'job errors'],
  ['TASK ERROR: OK', 'OK'],
  ['TASK OK\r', 'OK'],
])('%j says %j', (line, status) => expect(finalStatus(line)).toBe(status));

test.each(['', 'TASK OKAY', 'TASK WARNINGS: some', 'TASK ERROR: ', ' TASK OK', 'done TASK OK', 'INFO: TASK OK'])(
  '%j is no final line',
  (line) => expect(finalStatus(line)).toBeUndefined(),
);

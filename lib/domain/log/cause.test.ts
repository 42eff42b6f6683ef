import { expect, test } from 'vitest';
import { causeReader } from './cause';

const numbered = (...lines: string[]) => lines.map((t, at) => ({ n: at + 1, t }));

test('the cause of a failed backup is the first error, with the guest it happened to', () => {
  const lines = numbered(
    'INFO: starting new backup job: vzdump 100 101 --mode snapshot',
    'INFO: Starting Backup of VM 100 (qemu)',
    'INFO: Finished Backup of VM 100 (00:00:27)',
    'INFO: Starting Backup of CT 101 (lxc)',
    'ERROR: vma_queue_write: write error - Broken pipe',
    'INFO: aborting backup job',
    'ERROR: Backup of VM 101 failed - vma_queue_write: write error - Broken pipe',
    'TASK ERROR: job errors',
  );
  expect(causeReader()(lines)).toEqual({
    text: 'vma_queue_write: write error - Broken pipe',
    from: 5,
    to: 5,
    guest: 'CT 101',
  });
});

test('errors that follow each other belong together', () => {
  const lines = numbered(
    '2026-01-02 03:04:05 starting migration of VM 100',
    '2026-01-02 03:04:08 ERROR: online migrate failure - aborting',
    '2026-01-02 03:04:08 ERROR: migration aborted (duration 00:00:08): no route',
    'TASK ERROR: migration aborted',
  );
  expect(causeReader()(lines)).toEqual({ text: 'online migrate failure - aborting', from: 2, to: 3, guest: null });
});

test('a log that tells of no error before its final line has no cause', () => {
  expect(causeReader()(numbered('starting', 'TASK ERROR: start failed'))).toBeUndefined();
});

test('the guest is remembered from one page to the next', () => {
  const read = causeReader();
  expect(read([{ n: 1, t: 'INFO: Starting Backup of VM 100 (qemu)' }])).toBeUndefined();
  expect(read([{ n: 2, t: 'ERROR: no space left on device' }])?.guest).toBe('VM 100');
});

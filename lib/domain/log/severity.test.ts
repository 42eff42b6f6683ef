import { expect, test } from 'vitest';
import warned from '@/lib/proxmox/recordings/log-warnings.json';
import { severityOf } from './severity';

test.each([
  ['TASK ERROR: job errors', 'error'],
  ['ERROR: Backup of VM 100 failed - reason', 'error'],
  ['2026-01-02 03:04:05 ERROR: migration aborted (duration 00:00:08): reason', 'error'],
  ['2026-01-02 03:00:01 100-0: end replication job with error: no route', 'error'],
  ["command 'apt-get update' failed: exit code 100", 'error'],
  ["error: can't open file", 'error'],
  ['E: Unable to locate package x', 'error'],
  ['WARN: Skipping VM 103, already running.', 'warning'],
  ['WARNING: Sum of all thin volume sizes exceeds the size of the pool', 'warning'],
  ['W: Some index files failed to download.', 'warning'],
  ['TASK WARNINGS: 2', 'warning'],
  ['INFO: Starting Backup of VM 100 (qemu)', 'info'],
  ['INFO: no ERROR: here', 'info'],
  ['TASK OK', 'info'],
  ['Err', 'info'],
  ['errors: 0', 'info'],
  ['', 'info'],
])('%s: %s', (text, severity) => {
  expect(severityOf(text)).toBe(severity);
});

test('a recorded log has as many warnings as its final line says', () => {
  const lines = warned.response.body.data.map(({ t }) => t);
  const warnings = lines.filter((line) => severityOf(line) === 'warning');
  expect(warnings).toEqual(['WARN: this is warning 1', 'WARN: this is warning 2', 'TASK WARNINGS: 2']);
});

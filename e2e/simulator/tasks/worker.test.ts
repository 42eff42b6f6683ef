import { expect, test } from 'vitest';
import { stopBackup } from '../logs/vzdump.ts';
import { Clock } from '../world/clock.ts';
import { randomFrom } from '../world/random.ts';
import type { Script } from './script.ts';
import { TaskTable } from './task-table.ts';
import { startWorker, type WorkerOrder } from './worker.ts';

const forever: Script = function* script() {
  yield { afterMs: 0, text: 'INFO: begun\n' };
  yield { afterMs: 1e9, text: '' };
  return { status: 'OK' };
};

function aWorker(order: Partial<WorkerOrder> = {}) {
  const clock = new Clock();
  const table = new TaskTable('pve1', clock.seconds() - 100, 300);
  const host = { table, clock, speed: 1, changed: () => {}, generation: () => 0 };
  const basics = { type: 'vzdump', id: '100', user: 'root@pam', script: forever, random: randomFrom(1) };
  const task = startWorker(host, { ...basics, ...order });
  return { table, task, log: () => task.log.bytes().toString() };
}

test('a stopped worker says that it was interrupted, after a second', async () => {
  const { task, table, log } = aWorker();
  const began = Date.now();
  await task.worker?.term();
  expect(Date.now() - began).toBeGreaterThan(900);
  expect(log()).toBe('INFO: begun\nTASK ERROR: received interrupt\n');
  expect([...table.archived()]).toMatchObject([{ task: { upid: task.upid }, status: 'received interrupt' }]);
});

test('a stopped backup cleans up and says interrupted by signal', async () => {
  const { task, log } = aWorker({ onTerm: stopBackup(undefined) });
  await task.worker?.term();
  expect(task.exitStatus).toBe('interrupted by signal');
  expect(log()).toContain('ERROR: Backup job failed - interrupted by signal\nTASK ERROR: interrupted by signal\n');
});

test('two stops at once end one task', async () => {
  const { task, table } = aWorker();
  await Promise.all([task.worker?.term(), task.worker?.term()]);
  expect([...table.archived()]).toHaveLength(1);
});

test('a final line behind a half-written one is not seen', () => {
  const { task, log } = aWorker();
  task.worker?.append('half');
  task.worker?.finish('OK');
  expect(log()).toBe('INFO: begun\nhalfTASK OK\n');
  expect(task.exitStatus).toBe('unexpected status');
});

import { describe, expect, test } from 'vitest';
import { GrowingLog } from './log-file.ts';
import { broadcastRows } from './rows.ts';
import { TaskTable } from './task-table.ts';

const NOW = 1_795_176_000;

function aTable({ tasks = 0, status = 'OK' } = {}): TaskTable {
  const table = new TaskTable('pve2', NOW - 3000, 300);
  for (let at = 0; at < tasks; at += 1) end(table, NOW + at, NOW + at, status);
  return table;
}

function end(table: TaskTable, from: number, to: number, status = 'OK'): string {
  const what = { type: 'labjob', id: '200', user: 'auditor@pve' };
  const task = table.open(what, from * 1000, new GrowingLog(to));
  table.archive(task, status, to);
  return task.upid;
}

describe('the index', () => {
  test('is renamed when it passes 50,000 bytes, so a node lists between one and two files', () => {
    const bytes = 'UPID:pve2:00000120:0003AD81:6B0036DD:labjob:200:auditor@pve: 6B0036DD OK\n'.length;
    const perFile = Math.ceil(50_001 / bytes);
    expect([...aTable({ tasks: perFile + 100 }).archived()]).toHaveLength(perFile + 100);
    expect([...aTable({ tasks: 2 * perFile }).archived()]).toHaveLength(perFile);
  });

  test('lists the newest end first, whatever started when', () => {
    const table = aTable();
    const short = end(table, NOW + 50, NOW + 60);
    const long = end(table, NOW, NOW + 70);
    expect([...table.archived()].map(({ task }) => task.upid)).toEqual([long, short]);
  });

  test('loses the logs that are older than the first end of index.1, on the daily clean-up only', () => {
    const table = aTable({ tasks: 2000 });
    const gone = aTable({ tasks: 1 });
    expect(gone.deleteOldLogs()).toBe(0);
    expect(table.deleteOldLogs()).toBeGreaterThan(500);
    for (const { task } of table.archived()) expect(table.find(task.upid)).toBe(task);
  });
});

describe('what a node tells its cluster', () => {
  test('is 25 tasks, the running ones first', () => {
    const table = aTable({ tasks: 40 });
    const running = table.open({ type: 'vzdump', id: '', user: 'root@pam' }, NOW * 1000, new GrowingLog(NOW));
    const rows = broadcastRows(table);
    expect(rows).toHaveLength(25);
    expect(rows[0]).toMatchObject({ upid: running.upid, pid: running.pid });
    expect(rows[0]).not.toHaveProperty('status');
  });

  test('leaves out a long task that ends after 25 later ones have', () => {
    const table = aTable({ tasks: 25 });
    broadcastRows(table);
    const long = end(table, NOW - 9000, NOW + 100);
    expect(broadcastRows(table)).not.toContainEqual(expect.objectContaining({ upid: long }));
  });

  test('stays below 32 KiB', () => {
    const rows = broadcastRows(aTable({ tasks: 30, status: 'x'.repeat(4000) }));
    expect(rows.length).toBeLessThan(8);
    expect(JSON.stringify(rows).length).toBeLessThan(32 * 1024);
  });

  test('says `saved` as a number first and as text afterwards', () => {
    const table = aTable({ tasks: 1 });
    table.open({ type: 'vzdump', id: '', user: 'root@pam' }, NOW * 1000, new GrowingLog(NOW));
    const saved = (): unknown[] => broadcastRows(table).map((row) => ('saved' in row ? row.saved : undefined));
    expect(saved()).toEqual([undefined, 1]);
    expect(saved()).toEqual(['0', '1']);
  });
});

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { anArchive, anAuditor, aSave, aTask } from './an-archive.test-support';
import { openArchive } from './open';

/** Starts the writer, lets it commit for a while, and kills it at a moment that nobody chose. */
async function writeAndKill(
  dataDir: string,
  commits: number,
  extraMs: number,
): Promise<{ at: number; upids: string[] }[]> {
  const writer = spawn(
    process.execPath,
    ['--import', './scripts/ts-paths.mjs', 'lib/archive/kill-writer.test-support.ts', dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const told: { at: number; upids: string[] }[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    told.push(JSON.parse(line));
    if (told.length === commits) setTimeout(() => writer.kill('SIGKILL'), extraMs);
  }
  return told;
}

test('kill -9 loses nothing that was committed and leaves nothing to repair', { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-'));
  const told: { at: number; upids: string[] }[] = [];
  for (const [round, extraMs] of [1, 7, 23].entries()) {
    const more = await writeAndKill(dataDir, 5 + round * 9, extraMs);
    told.push(...more);
    for (const file of ['archive', 'logs-2024-11']) {
      const db = new DatabaseSync(join(dataDir, `${file}.db`));
      expect(db.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      db.close();
    }
  }
  await using archive = await anArchive(dataDir);
  const last = told.at(-1);
  const sessions = new Set((await archive.loadSessions()).map((session) => session.id));
  for (const { at, upids } of told) {
    for (const upid of upids) {
      const task = await archive.getTask(anAuditor(), { cluster: 'lab', upid });
      expect(task?.exitStatus).toBe(`end ${at}`);
    }
    expect(sessions).toContain(`s${at}`);
    const log = await archive.readLog(anAuditor(), { cluster: 'lab', upid: upids[0] ?? '' }, { skip: 3999, limit: 2 });
    expect(log).toEqual({ total: 4000, lines: [{ n: 4000, t: upids[0] }] });
  }
  expect(last).toBeDefined();
  await rm(dataDir, { recursive: true });
});

test('a second process in the same folder is refused with the reason', { timeout: 30_000 }, async () => {
  await using archive = await anArchive();
  await expect(openArchive({ dataDir: archive.dataDir })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('second Taskscope'),
  });
});

test('a folder that cannot be used is told as such', async () => {
  await using archive = await anArchive();
  await archive.close();
  await writeFile(
    join(archive.dataDir, 'archive.db'),
    'this is no database, but long enough to look like a file'.repeat(99),
  );
  await expect(openArchive({ dataDir: archive.dataDir })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('no database'),
  });
  await expect(openArchive({ dataDir: join(archive.dataDir, 'archive.db', 'x') })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('cannot be made'),
  });
});

test('what is asked of a closed archive is refused', async () => {
  await using archive = await anArchive();
  await archive.close();
  await expect(archive.saveTasks(aSave([aTask()]))).rejects.toMatchObject({ code: 'unavailable' });
  await expect(archive.check()).rejects.toMatchObject({ code: 'unavailable' });
});

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { anArchive, anAuditor, aPlace, aSave, aTask, behindItsBack, ENGINES } from './an-archive.test-support';
import type { Place } from './core';
import { openArchive } from './open';

/** Starts the writer, lets it commit for a while, and kills it at a moment that nobody chose. */
async function writeAndKill(
  place: Place,
  commits: number,
  extraMs: number,
): Promise<{ at: number; upids: string[] }[]> {
  const writer = spawn(
    process.execPath,
    ['--import', './scripts/ts-paths.mjs', 'lib/archive/kill-writer.test-support.ts', JSON.stringify(place)],
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

const KILLED = 'kill -9 loses nothing that was committed and leaves nothing to repair, on %s';
test.each(ENGINES)(KILLED, { timeout: 120_000 }, async (engine) => {
  const { place, remove } = await aPlace(engine);
  const told: { at: number; upids: string[] }[] = [];
  for (const [round, extraMs] of [1, 7, 23].entries()) {
    const more = await writeAndKill(place, 5 + round * 9, extraMs);
    told.push(...more);
    for (const file of engine === 'SQLite' ? ['archive', 'logs-2024-11'] : []) {
      expect(await behindItsBack(place, 'pragma integrity_check', file)).toEqual([{ integrity_check: 'ok' }]);
    }
  }
  const archive = await anArchive(place);
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
  await archive.close();
  await remove();
});

test('a second process in the same folder is refused with the reason', { timeout: 30_000 }, async () => {
  await using archive = await anArchive();
  await expect(openArchive(archive.place)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('second Taskscope'),
  });
});

test('a folder that cannot be used is told as such', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-'));
  await writeFile(join(dataDir, 'archive.db'), 'this is no database, but long enough to look like a file'.repeat(99));
  await expect(openArchive({ dataDir: dataDir })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('no database'),
  });
  await expect(openArchive({ dataDir: join(dataDir, 'archive.db', 'x') })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('cannot be made'),
  });
  await rm(dataDir, { recursive: true });
});

test('a Postgres that cannot be used is told as such, without its password', async () => {
  await using archive = await anArchive('Postgres');
  const url = 'databaseUrl' in archive.place ? archive.place.databaseUrl : '';
  await expect(openArchive({ databaseUrl: url.replace(/t[0-9a-f]{32}/, 'nowhere') })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('no such database'),
  });
  const away = openArchive({ databaseUrl: 'postgres://app:CANARY@127.0.0.1:9/x' });
  await expect(away).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
  await expect(away).rejects.not.toMatchObject({ message: expect.stringContaining('CANARY') });
});

test.each(ENGINES)('what is asked of a closed archive is refused, on %s', async (engine) => {
  await using archive = await anArchive(engine);
  await archive.close();
  await expect(archive.saveTasks(aSave([aTask()]))).rejects.toMatchObject({ code: 'unavailable' });
  await expect(archive.check()).rejects.toMatchObject({ code: 'unavailable' });
});

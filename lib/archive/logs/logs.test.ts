import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anArchive,
  anAuditor,
  aSave,
  aTask,
  aView,
  behindItsBack,
  ENGINES,
  type TestArchive,
} from '@/lib/archive/an-archive.test-support';
import type { SeenTask } from '@/lib/domain/task';

async function* blocksOf(bytes: Uint8Array, size = 16_384) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function savedLog(archive: TestArchive, bytes: Uint8Array, blockSize?: number): Promise<SeenTask> {
  const task = aTask();
  await archive.saveTasks(aSave([task]));
  await archive.saveLog(refOf(task), blocksOf(bytes, blockSize));
  return task;
}

const refOf = (task: SeenTask) => ({ cluster: 'lab', upid: task.upid.text });

async function bytesBack(archive: TestArchive, task: SeenTask, from = 0, to = Number.MAX_SAFE_INTEGER) {
  const read = await archive.readLogBytes(anAuditor(), refOf(task), { from, to });
  const blocks: Uint8Array[] = [];
  for await (const block of read?.bytes ?? []) blocks.push(block);
  return Buffer.concat(blocks);
}

/** Lines as a reader of the whole file would number them. */
function linesOf(bytes: Uint8Array): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  const buffer = Buffer.from(bytes);
  for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10, from)) {
    lines.push(buffer.subarray(from, end));
    from = end + 1;
  }
  return from < buffer.length ? [...lines, buffer.subarray(from)] : lines;
}

const anyLog = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .array(fc.constantFrom('', 'TASK OK', 'ü\r50%\r100%', '\u001b[1mfett\u001b[0m', 'no content', '\ufeffbom'), {
      maxLength: 50,
    })
    .map((lines) => Buffer.from(lines.join('\n'))),
  // Longer than a chunk: lines of every length, the longest longer than two chunks.
  fc
    .array(fc.nat(3000), { minLength: 60, maxLength: 120 })
    .map((lengths) => Buffer.from(lengths.map((length) => 'x'.repeat(length)).join('\n'))),
  fc
    .constantFrom(200_000, 65_536, 65_537, 131_072)
    .map((length) => Buffer.concat([Buffer.from('a\n'), Buffer.alloc(length, 'y'), Buffer.from('\nz\n')])),
);

const shown = (line: Buffer): string =>
  Buffer.from(line.toString()).equals(line) ? line.toString() : line.toString('latin1');

describe.each(ENGINES)('on %s', (engine) => {
  test('a log comes back byte for byte, by any range and any window', { timeout: 60_000 }, async () => {
    await using archive = await anArchive(engine);
    await fc.assert(
      fc.asyncProperty(
        anyLog,
        fc.nat(),
        fc.nat(),
        fc.constantFrom(1000, 16_384, 1_000_000),
        async (log, a, b, block) => {
          const task = await savedLog(archive, log, block);
          const lines = linesOf(log);
          expect((await archive.getTask(anAuditor(), refOf(task)))?.log).toEqual({
            lines: lines.length,
            bytes: log.length,
            sha256: createHash('sha256').update(log).digest('hex'),
          });
          expect((await bytesBack(archive, task)).equals(log)).toBe(true);
          const [from, to] = [a % (log.length + 1), b % (log.length + 2)].sort((x, y) => x - y);
          expect((await bytesBack(archive, task, from, to)).equals(log.subarray(from, to))).toBe(true);
          const skip = a % (lines.length + 1);
          const limit = 1 + (b % 40);
          const window = await archive.readLog(anAuditor(), refOf(task), { skip, limit });
          const expected = lines.slice(skip, skip + limit).map((line, at) => ({ n: skip + at + 1, t: shown(line) }));
          expect(window).toEqual({ total: lines.length, lines: expected });
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });

  test('small logs share chunks, and the archive shrinks to a fraction of them', { timeout: 30_000 }, async () => {
    await using archive = await anArchive(engine);
    const text = Array.from({ length: 50 }, (_, at) => `INFO: ${at}% (${at} GiB of 50 GiB), read: 120 MiB/s\n`).join(
      '',
    );
    const tasks: SeenTask[] = [];
    for (let at = 0; at < 100; at += 1) tasks.push(await savedLog(archive, Buffer.from(`${at}\n${text}`)));
    const counts = 'select (select count(*) from chunk) as chunks, (select count(*) from tail) as waiting';
    type Counts = { chunks: number | string; waiting: number | string };
    const [kept] = await behindItsBack<Counts>(archive.place, counts, 'logs-2024-11');
    const { chunks, waiting } = { chunks: Number(kept?.chunks), waiting: Number(kept?.waiting) };
    expect(chunks).toBeLessThan(6);
    expect(waiting).toBeLessThan(30);
    for (const [at, task] of tasks.entries()) {
      expect((await bytesBack(archive, task)).toString()).toBe(`${at}\n${text}`);
    }
  });

  test('a log that breaks off is not kept, and can be saved again', async () => {
    await using archive = await anArchive(engine);
    const task = aTask();
    await archive.saveTasks(aSave([task]));
    const log = randomBytes(300_000);
    async function* broken() {
      yield log.subarray(0, 200_000);
      throw new Error('connection lost');
    }
    await expect(archive.saveLog(refOf(task), broken())).rejects.toThrow('connection lost');
    expect(await archive.readLog(anAuditor(), refOf(task), { skip: 0, limit: 1 })).toBeUndefined();
    expect(await archive.countMissingLogs('lab')).toBe(1);
    await archive.saveLog(refOf(task), blocksOf(log));
    expect((await bytesBack(archive, task)).equals(log)).toBe(true);
  });

  test('a log that is kept is not replaced, and two at once are one', async () => {
    await using archive = await anArchive(engine);
    const task = aTask();
    await archive.saveTasks(aSave([task]));
    const saved = await Promise.all(
      ['one', 'two'].map((text) => archive.saveLog(refOf(task), blocksOf(Buffer.from(text)))),
    );
    await archive.saveLog(refOf(task), blocksOf(Buffer.from('three')));
    expect(saved[0]).toEqual(saved[1]);
    expect((await bytesBack(archive, task)).toString()).toBe('one');
  });

  test('a log killed between its two commits heals when it is fetched again', async () => {
    await using archive = await anArchive(engine);
    const task = await savedLog(archive, Buffer.from('kept\n'));
    await archive.close();
    // As if the second commit had not come.
    await behindItsBack(archive.place, 'update task set log_state = 0');
    const again = await anArchive(archive.place);
    expect(await again.countMissingLogs('lab')).toBe(1);
    await again.saveLog(refOf(task), blocksOf(Buffer.from('other')));
    expect((await bytesBack(again, task)).toString()).toBe('kept\n');
    expect(await again.countMissingLogs('lab')).toBe(0);
    await again.close();
  });

  test('an empty log has no lines', async () => {
    await using archive = await anArchive(engine);
    const task = await savedLog(archive, new Uint8Array());
    expect(await archive.readLog(anAuditor(), refOf(task), { skip: 0, limit: 10 })).toEqual({ total: 0, lines: [] });
  });

  test('who may not see a task may not read its log', async () => {
    await using archive = await anArchive(engine);
    const task = await savedLog(archive, Buffer.from('secret\n'));
    const stranger = { clusters: new Map([['lab', aView({ identity: 'mallory@pve' })]]) };
    expect(await archive.readLog(stranger, refOf(task), { skip: 0, limit: 10 })).toBeUndefined();
    expect(await archive.readLogBytes(stranger, refOf(task), { from: 0, to: 10 })).toBeUndefined();
  });

  test('a log that the node has lost is not asked for again', async () => {
    await using archive = await anArchive(engine);
    const task = aTask();
    await archive.saveTasks(aSave([task]));
    expect(await archive.missingLogs('lab', 10)).toHaveLength(1);
    await archive.markLogLost(refOf(task));
    expect(await archive.missingLogs('lab', 10)).toEqual([]);
  });
});

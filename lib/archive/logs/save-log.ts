import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import { setLogState } from '@/lib/archive/change-tasks';
import type { Core } from '@/lib/archive/core';
import { migrateLogs } from '@/lib/archive/migrations/migrate';
import { findAny } from '@/lib/archive/read-tasks';
import { LOG_KEPT } from '@/lib/archive/schema';
import type { Statement } from '@/lib/archive/sqlite/protocol';
import { build, statementOf } from '@/lib/archive/sqlite/statement';
import { AppError } from '@/lib/domain/errors';
import type { StoredLog, TaskRef } from '@/lib/domain/task';
import { countLineEnds, cutLog, type Piece } from './cut-log';
import { logFileOf } from './stored-logs';

const CHUNK = 64 * 1024;
const compress = promisify(zstdCompress);
const pack = (bytes: Buffer): Promise<Buffer> =>
  compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });

/**
 * Writes logs into month files. A log's last transaction brings its row in `log`; only then is the task told in the
 * archive. A process killed between the two files finds the whole log when it fetches it again, and one killed before
 * finds pieces without a row and removes them: nothing has to be repaired at start.
 */
export class LogWriter {
  readonly #core: Core;
  readonly #files = new Map<string, Promise<void>>();
  readonly #saving = new Map<number, Promise<StoredLog>>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Keeps a log byte for byte; one that is kept stays as it is. Throws `not_found` for a task that is not kept. */
  async save(ref: TaskRef, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog> {
    const task = await findAny(this.#core, ref);
    if (!task) throw new AppError('not_found', 'There is no such task, so its log cannot be kept.');
    const present = this.#saving.get(task.id);
    if (present) {
      await abandon(bytes);
      return present;
    }
    const saving = this.#save(task.id, bytes).finally(() => this.#saving.delete(task.id));
    this.#saving.set(task.id, saving);
    return saving;
  }

  async #save(taskId: number, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog> {
    const file = logFileOf(taskId);
    await this.#ready(file);
    const before = await this.#kept(file, taskId);
    if (before) await abandon(bytes);
    const kept = before ?? (await this.#write(file, taskId, bytes));
    const { database } = this.#core;
    await database.exclusively(() => database.write([statementOf(setLogState(taskId, LOG_KEPT))]));
    this.#core.changed([taskId]);
    await this.#packTails(file);
    return kept;
  }

  #ready(file: string): Promise<void> {
    const known = this.#files.get(file);
    if (known) return known;
    const { database } = this.#core;
    const migrating = database.exclusively(() => migrateLogs(database.logWrites(file)));
    this.#files.set(file, migrating);
    migrating.catch(() => this.#files.delete(file));
    return migrating;
  }

  async #kept(file: string, taskId: number): Promise<StoredLog | undefined> {
    const query = build.selectFrom('log').select(['lines', 'bytes', 'sha256']).where('task_id', '=', taskId);
    const [row] = await this.#core.database.readRows<StoredLog>(statementOf(query, file));
    return row;
  }

  async #write(file: string, taskId: number, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog> {
    const { database } = this.#core;
    const commit = (statements: Statement[]) => database.exclusively(() => database.write(statements));
    const hash = createHash('sha256');
    const log = { lines: 0, bytes: 0 };
    let waiting = leftovers(file, taskId);
    let seq = 0;
    let open = false; // the last line has no line end
    for await (const piece of cutLog(bytes, CHUNK)) {
      hash.update(piece.bytes);
      log.lines += countLineEnds(piece.bytes);
      log.bytes += piece.bytes.length;
      open = piece.bytes.at(-1) !== 10;
      // Small ends share chunks with those of other logs; until there are enough of them they wait as they are.
      const statements =
        piece.bytes.length < CHUNK / 2 ? tail(file, taskId, seq, piece) : await chunk(file, taskId, seq, piece);
      await commit([...waiting, ...statements]);
      waiting = [];
      seq += 1;
    }
    const stored = { lines: log.lines + (open ? 1 : 0), bytes: log.bytes, sha256: hash.digest('hex') };
    const row = build.insertInto('log').values({ task_id: taskId, ...stored });
    await commit([...waiting, statementOf(row, file)]);
    return stored;
  }

  /** Puts waiting ends together into chunks of full size, oldest first. */
  async #packTails(file: string): Promise<void> {
    const { database } = this.#core;
    await database.exclusively(async () => {
      const waiting = sql`select coalesce(sum(length(bytes)), 0) as n from tail`;
      const [size] = await database.readRows<{ n: number }>(statementOf(waiting, file));
      if ((size?.n ?? 0) < CHUNK) return;
      const all = build.selectFrom('tail').innerJoin('log', 'log.task_id', 'tail.task_id').selectAll('tail');
      const tails = await database.readRows<Tail>(statementOf(all, file));
      if (tails.length > 0) await database.write(await shared(file, tails));
    });
  }
}

/** Ends a stream that nobody will read, so that its connection is free again. */
async function abandon(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of bytes) break;
  } catch {
    // it broke off by itself
  }
}

type Tail = { task_id: number; seq: number; bytes: Uint8Array };

const pieceRow = (taskId: number, seq: number, piece: Piece) => ({
  task_id: taskId,
  first_line: piece.firstLine,
  seq,
  mid: piece.mid ? 1 : 0,
  byte_from: piece.byteFrom,
  bytes: piece.bytes.length,
  at: 0,
});

function tail(file: string, taskId: number, seq: number, piece: Piece): Statement[] {
  return [
    statementOf(build.insertInto('tail').values({ task_id: taskId, seq, bytes: piece.bytes }), file),
    statementOf(build.insertInto('piece').values({ ...pieceRow(taskId, seq, piece), chunk_id: null }), file),
  ];
}

const newChunk = sql<number>`(select max(id) from chunk)`;

async function chunk(file: string, taskId: number, seq: number, piece: Piece): Promise<Statement[]> {
  const row = { ...pieceRow(taskId, seq, piece), chunk_id: newChunk };
  return [await chunkOf(file, piece.bytes), statementOf(build.insertInto('piece').values(row), file)];
}

const chunkOf = async (file: string, bytes: Buffer): Promise<Statement> =>
  statementOf(sql`insert into chunk (zstd) values (${await pack(bytes)})`, file);

/** One chunk of several ends; their pieces then point into it. */
async function shared(file: string, tails: readonly Tail[]): Promise<Statement[]> {
  let at = 0;
  const pointers = tails.flatMap(({ task_id, seq, bytes }) => {
    const set = build
      .updateTable('piece')
      .set({ chunk_id: newChunk, at })
      .where('task_id', '=', task_id)
      .where('seq', '=', seq);
    at += bytes.byteLength;
    const gone = build.deleteFrom('tail').where('task_id', '=', task_id).where('seq', '=', seq);
    return [statementOf(set, file), statementOf(gone, file)];
  });
  return [await chunkOf(file, Buffer.concat(tails.map((each) => each.bytes))), ...pointers];
}

/** What a process that was killed left of this log: chunks of a log that is not whole belong to it alone. */
function leftovers(file: string, taskId: number): Statement[] {
  const chunks = build
    .selectFrom('piece')
    .select('chunk_id')
    .where('task_id', '=', taskId)
    .where('chunk_id', 'is not', null);
  return [
    statementOf(sql`delete from chunk where id in (${chunks})`, file),
    statementOf(build.deleteFrom('piece').where('task_id', '=', taskId), file),
    statementOf(build.deleteFrom('tail').where('task_id', '=', taskId), file),
  ];
}

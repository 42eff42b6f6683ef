import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { setLogState } from '@/lib/archive/change-tasks';
import type { Core } from '@/lib/archive/core';
import type { Statement } from '@/lib/archive/engine';
import { findAny } from '@/lib/archive/read-tasks';
import { LOG_KEPT, type LogMonth } from '@/lib/archive/schema';
import { build, statementOf } from '@/lib/archive/statement';
import { AppError } from '@/lib/domain/errors';
import type { StoredLog, TaskRef } from '@/lib/domain/task';
import { countLineEnds, cutLog } from './cut-log';
import { chunk, leftovers, shared, type Tail, tail } from './log-rows';
import { logMonthOf } from './stored-logs';

const CHUNK = 64 * 1024;
const ELSEWHERE = 'Another instance keeps this log.';

/**
 * Writes logs into their months. A log's last transaction brings its row in `log`; only then is the task told in the
 * archive. A process killed between the two files finds the whole log when it fetches it again, and one killed before
 * finds pieces without a row and removes them: nothing has to be repaired at start.
 */
export class LogWriter {
  readonly #core: Core;
  readonly #months = new Map<string, Promise<void>>();
  readonly #saving = new Map<string, Promise<StoredLog>>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Keeps a log byte for byte; one that is kept stays as it is. Throws `not_found` for a task that is not kept. */
  async save(ref: TaskRef, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog> {
    const key = JSON.stringify([ref.cluster, ref.upid.trim()]); // one text for each task, as parseUpid reads it
    const present = this.#saving.get(key);
    if (present) {
      await abandon(bytes);
      return present;
    }
    // Before anything is waited for, so that the first to come is the one that is kept.
    const saving = this.#save(ref, bytes).finally(() => this.#saving.delete(key));
    this.#saving.set(key, saving);
    return saving;
  }

  async #save(ref: TaskRef, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog> {
    const task = await this.#core.coherently(() => findAny(this.#core, ref));
    if (!task) throw new AppError('not_found', 'There is no such task, so its log cannot be kept.');
    const taskId = task.id;
    const month = logMonthOf(taskId);
    await this.#ready(month);
    const before = await this.#kept(month, taskId);
    if (before) await abandon(bytes);
    const kept = before ?? (await this.#write(month, taskId, bytes));
    const told = [statementOf(setLogState(taskId, LOG_KEPT))];
    await this.#core.exclusively(() => this.#core.commit(told, { tasks: [taskId] }));
    await this.#packTails(month);
    return kept;
  }

  #ready(month: LogMonth): Promise<void> {
    const known = this.#months.get(month.file);
    if (known) return known;
    const preparing = this.#core.database.prepareLogs(month);
    this.#months.set(month.file, preparing);
    preparing.catch(() => this.#months.delete(month.file));
    return preparing;
  }

  async #kept({ file }: LogMonth, taskId: number): Promise<StoredLog | undefined> {
    const query = build.selectFrom('log').select(['lines', 'bytes', 'sha256']).where('task_id', '=', taskId);
    const [row] = await this.#core.database.readRows<StoredLog>(statementOf(query, file));
    return row;
  }

  async #write(month: LogMonth, taskId: number, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog> {
    const { database } = this.#core;
    const { logs } = database.dialect;
    const { file } = month;
    const attempt = randomUUID();
    let begun = false;
    const commit = (statements: readonly Statement[]) =>
      database.exclusively(async () => {
        if (logs.claim && !(await this.#may(month, taskId, attempt, begun))) throw new AppError('conflict', ELSEWHERE);
        const first = logs.claim && !begun ? [statementOf(logs.claim.take(taskId, attempt))] : [];
        await database.write([...first, ...statements]);
        begun = true;
      });
    const hash = createHash('sha256');
    const log = { lines: 0, bytes: 0 };
    let waiting = leftovers(month, taskId, logs);
    let seq = 0;
    let open = false; // the last line has no line end
    for await (const piece of cutLog(bytes, CHUNK)) {
      hash.update(piece.bytes);
      log.lines += countLineEnds(piece.bytes);
      log.bytes += piece.bytes.length;
      open = piece.bytes.at(-1) !== 10;
      // Small ends share chunks with those of other logs; until there are enough of them they wait as they are.
      const statements =
        piece.bytes.length < CHUNK / 2 ? tail(file, taskId, seq, piece) : await chunk(month, taskId, seq, piece, logs);
      await commit([...waiting, ...statements]);
      waiting = [];
      seq += 1;
    }
    const stored = { lines: log.lines + (open ? 1 : 0), bytes: log.bytes, sha256: hash.digest('hex') };
    const row = build.insertInto('log').values({ task_id: taskId, ...stored });
    const done = logs.claim ? [statementOf(logs.claim.drop(taskId))] : [];
    await commit([...waiting, statementOf(row, file), ...done]);
    return stored;
  }

  /** Whether this attempt to keep a log may begin, or go on: no other one has begun since, or has kept it. */
  async #may(month: LogMonth, taskId: number, attempt: string, begun: boolean): Promise<boolean> {
    const { database } = this.#core;
    if (!begun) return (await this.#kept(month, taskId)) === undefined;
    const held = database.dialect.logs.claim?.held(taskId, attempt);
    return held === undefined || (await database.readRows(statementOf(held))).length > 0;
  }

  /** Puts waiting ends together into chunks of full size, oldest first. */
  async #packTails(month: LogMonth): Promise<void> {
    const { database } = this.#core;
    const { logs } = database.dialect;
    const { file } = month;
    const ofMonth = sql<boolean>`${logs.ofMonth('tail', month)}`;
    await database.exclusively(async () => {
      const waiting = sql`select coalesce(sum(length(bytes)), 0) as n from tail where ${ofMonth}`;
      const [size] = await database.readRows<{ n: number }>(statementOf(waiting, file));
      if ((size?.n ?? 0) < CHUNK) return;
      const all = build
        .selectFrom('tail')
        .innerJoin('log', 'log.task_id', 'tail.task_id')
        .selectAll('tail')
        .where(ofMonth);
      const tails = await database.readRows<Tail>(statementOf(all, file));
      if (tails.length > 0) await database.write(await shared(month, tails, logs));
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

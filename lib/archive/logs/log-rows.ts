import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import type { LogDialect } from '@/lib/archive/dialect';
import type { Statement } from '@/lib/archive/engine';
import type { LogMonth } from '@/lib/archive/schema';
import { build, statementOf } from '@/lib/archive/statement';
import type { Piece } from './cut-log';

const compress = promisify(zstdCompress);
const pack = (bytes: Buffer): Promise<Buffer> =>
  compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });

/** The end of a log that waits to share a chunk. */
export type Tail = { task_id: number; seq: number; bytes: Uint8Array };

const pieceRow = (taskId: number, seq: number, piece: Piece) => ({
  task_id: taskId,
  first_line: piece.firstLine,
  seq,
  mid: piece.mid ? 1 : 0,
  byte_from: piece.byteFrom,
  bytes: piece.bytes.length,
  at: 0,
});

/** A small end, which waits as it is. */
export function tail(file: string, taskId: number, seq: number, piece: Piece): Statement[] {
  return [
    statementOf(build.insertInto('tail').values({ task_id: taskId, seq, bytes: piece.bytes }), file),
    statementOf(build.insertInto('piece').values({ ...pieceRow(taskId, seq, piece), chunk_id: null }), file),
  ];
}

/** A piece that is a chunk of its own. */
export async function chunk(
  month: LogMonth,
  taskId: number,
  seq: number,
  piece: Piece,
  logs: LogDialect,
): Promise<Statement[]> {
  const row = { ...pieceRow(taskId, seq, piece), chunk_id: sql<number>`${logs.newChunk}` };
  const added = statementOf(logs.addChunk(month, await pack(piece.bytes)), month.file);
  return [added, statementOf(build.insertInto('piece').values(row), month.file)];
}

/** One chunk of several ends; their pieces then point into it. */
export async function shared(month: LogMonth, tails: readonly Tail[], logs: LogDialect): Promise<Statement[]> {
  const { file } = month;
  let at = 0;
  const pointers = tails.flatMap(({ task_id, seq, bytes }) => {
    const set = build
      .updateTable('piece')
      .set({ chunk_id: sql<number>`${logs.newChunk}`, at })
      .where('task_id', '=', task_id)
      .where('seq', '=', seq);
    at += bytes.byteLength;
    const gone = build.deleteFrom('tail').where('task_id', '=', task_id).where('seq', '=', seq);
    return [statementOf(set, file), statementOf(gone, file)];
  });
  const zstd = await pack(Buffer.concat(tails.map((each) => each.bytes)));
  return [statementOf(logs.addChunk(month, zstd), file), ...pointers];
}

/** What a process that was killed left of this log: chunks of a log that is not whole belong to it alone. */
export function leftovers(month: LogMonth, taskId: number, logs: LogDialect): Statement[] {
  const { file } = month;
  const chunks = build
    .selectFrom('piece')
    .select('chunk_id')
    .where('task_id', '=', taskId)
    .where('chunk_id', 'is not', null);
  return [
    statementOf(sql`delete from chunk where id in (${chunks}) and ${logs.ofMonth('chunk', month)}`, file),
    statementOf(build.deleteFrom('piece').where('task_id', '=', taskId), file),
    statementOf(build.deleteFrom('tail').where('task_id', '=', taskId), file),
  ];
}

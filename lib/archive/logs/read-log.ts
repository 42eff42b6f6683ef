import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import type { LogWindow } from '@/lib/archive/archive';
import type { Engine } from '@/lib/archive/engine';
import { statementOf } from '@/lib/archive/statement';
import type { LogLine } from '@/lib/domain/log/line';
import type { StoredLog } from '@/lib/domain/task';
import { logMonthOf } from './stored-logs';

const decompress = promisify(zstdDecompress);
const NEWLINE = 10;
const AT_ONCE = 8; // pieces in one look-up: half a megabyte
const WINDOW_BYTES = 16 * 1024 * 1024;

type PieceRow = {
  seq: number;
  first_line: number;
  mid: number;
  byte_from: number;
  bytes: number;
  at: number;
  zstd: Uint8Array | null;
  tail: Uint8Array | null;
};

/** Where to begin: the last piece that fits, so that any line or byte is found by one look-up. */
type Start = { line: number } | { byte: number };

/**
 * At most `limit` lines after the first `skip` ones. Fewer than asked when they would be more than 16 MB, but at least
 * one: go on after the last one.
 */
export async function readLines(
  database: Engine,
  taskId: number,
  log: StoredLog,
  { skip, limit }: LogWindow,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const upTo = Math.min(skip + limit, log.lines);
  if (skip >= upTo) return lines;
  let size = 0;
  let n = 0; // the number of the line that `parts` are of
  let parts: Uint8Array[] = [];
  const finish = (): boolean => {
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    if (n > skip) lines.push({ n, t: textOf(bytes) });
    size += n > skip ? bytes.byteLength : 0;
    parts = [];
    return n >= upTo || size >= WINDOW_BYTES;
  };
  for await (const { row, bytes } of pieces(database, taskId, { line: skip + 1 })) {
    let at = 0;
    if (n === 0) {
      // A piece that begins inside a line is entered after that line's end.
      if (row.mid === 1) at = bytes.indexOf(NEWLINE) + 1;
      n = row.first_line;
    }
    for (let end = bytes.indexOf(NEWLINE, at); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      parts.push(bytes.subarray(at, end));
      if (finish()) return lines;
      n += 1;
      at = end + 1;
    }
    if (at < bytes.length) parts.push(bytes.subarray(at));
  }
  if (parts.length > 0) finish();
  return lines;
}

/** The bytes from `from` up to, not including, `to`, as they were saved. */
export async function* readBytes(
  database: Engine,
  taskId: number,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Uint8Array> {
  if (from >= to) return;
  for await (const { row, bytes } of pieces(database, taskId, { byte: from })) {
    if (row.byte_from >= to) return;
    yield bytes.subarray(Math.max(from - row.byte_from, 0), to - row.byte_from);
    if (row.byte_from + row.bytes >= to) return;
  }
}

/** The pieces of a log in order, from the one in which the start lies. */
async function* pieces(
  database: Engine,
  taskId: number,
  start: Start,
): AsyncGenerator<{ row: PieceRow; bytes: Buffer }> {
  const month = logMonthOf(taskId);
  const chunkOfMonth = database.dialect.logs.ofMonth('chunk', month);
  const where = 'line' in start ? sql`first_line <= ${start.line}` : sql`byte_from <= ${start.byte}`;
  let seq = sql`(select seq from piece where task_id = ${taskId} and ${where} order by first_line desc, seq desc limit 1)`;
  for (let many = 1; ; many = AT_ONCE) {
    const rows = await database.readRows<PieceRow>(
      statementOf(
        sql`select piece.seq, first_line, mid, byte_from, piece.bytes, at, zstd, tail.bytes as tail from piece
          left join chunk on chunk.id = chunk_id and ${chunkOfMonth}
          left join tail on tail.task_id = piece.task_id and tail.seq = piece.seq
          where piece.task_id = ${taskId} and piece.seq >= ${seq} order by first_line, piece.seq limit ${many}`,
        month.file,
      ),
    );
    for (const row of rows) {
      // In `tail` until it is packed, which happens in one transaction with its removal there.
      const bytes = row.tail ? Buffer.from(row.tail) : await unpack(row);
      yield { row, bytes };
    }
    const last = rows.at(-1);
    if (rows.length < many || !last) return;
    seq = sql`${last.seq + 1}`;
  }
}

async function unpack({ zstd, at, bytes }: PieceRow): Promise<Buffer> {
  if (!zstd) throw new Error('a piece of a log has no bytes');
  return (await decompress(zstd)).subarray(at, at + bytes);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line as people see it: UTF-8, or one character for each byte, as a node's own answer would show it. */
function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

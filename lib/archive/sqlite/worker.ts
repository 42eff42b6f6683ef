// The body of a database thread. Node strips the types itself: this file is started by its path and imports nothing of
// ours but types, so that no bundler has a part in it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { SqlRow, StatementResult } from '@/lib/archive/engine';
import type { ThreadAnswer, ThreadRequest, ThreadSettings, ThreadStatement } from './protocol.ts';

const PREPARED = 500;
const OPEN_FILES = 16;

type OpenFile = { db: DatabaseSync; prepared: Map<string, Prepared> };
type Prepared = { statement: StatementSync; reads: boolean };

const settings = workerData as ThreadSettings; // what sqlite/thread.ts handed over
const files = new Map<string, OpenFile>();

/** The file, opened when first asked for; undefined when it is not there and this thread may not make it. */
function openFile(name: string): OpenFile | undefined {
  const known = files.get(name);
  if (known) {
    files.delete(name); // to the end: the first in the map is the one unused for longest
    files.set(name, known);
    return known;
  }
  const path = join(settings.dataDir, `${name}.db`);
  if (settings.readOnly && !existsSync(path)) return undefined;
  const db = new DatabaseSync(path, { readOnly: settings.readOnly, timeout: 5000 });
  db.exec(`PRAGMA cache_size=-${settings.cacheKiB}`);
  if (!settings.readOnly) {
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000');
    db.exec('PRAGMA journal_size_limit=67108864');
  }
  // The same fold as in lib/domain/search/match.ts; a property test holds the two together.
  db.function('fold', { deterministic: true }, (text) => String(text).toLowerCase().replaceAll('ς', 'σ'));
  const file = { db, prepared: new Map() };
  files.set(name, file);
  for (const [oldest, unused] of files) {
    if (files.size <= OPEN_FILES) break;
    if (!oldest.startsWith('logs-')) continue;
    unused.db.close();
    files.delete(oldest);
  }
  return file;
}

function prepare(file: OpenFile, sql: string): Prepared {
  const known = file.prepared.get(sql);
  if (known) return known;
  const statement = file.db.prepare(sql);
  const prepared = { statement, reads: statement.columns().length > 0 };
  const oldest = file.prepared.keys().next();
  if (file.prepared.size >= PREPARED && !oldest.done) file.prepared.delete(oldest.value);
  file.prepared.set(sql, prepared);
  return prepared;
}

function run({ file: name, sql, rows }: ThreadStatement): StatementResult {
  const file = openFile(name);
  if (!file) return { rows: [], changes: 0 };
  const { statement, reads } = prepare(file, sql);
  const result: StatementResult = { rows: [], changes: 0 };
  for (const values of rows) {
    // SQLite gives null, numbers, text and bytes; 64-bit integers beyond 2^53 throw.
    if (reads) for (const row of statement.all(...values)) result.rows.push(row as SqlRow);
    else result.changes += Number(statement.run(...values).changes);
  }
  return result;
}

function runAtomic(statements: readonly ThreadStatement[]): StatementResult[] {
  const name = statements[0]?.file;
  if (name === undefined) return [];
  if (statements.some((statement) => statement.file !== name)) throw new Error('a transaction is about one file');
  const db = openFile(name)?.db;
  db?.exec('BEGIN IMMEDIATE');
  try {
    const results = statements.map(run);
    db?.exec('COMMIT');
    return results;
  } catch (error) {
    if (db?.isTransaction) db.exec('ROLLBACK'); // a full disk has rolled back already
    throw error;
  }
}

function answer(request: ThreadRequest): ThreadAnswer {
  try {
    const results = request.atomic ? runAtomic(request.statements) : request.statements.map(run);
    return { id: request.id, results };
  } catch (error) {
    const errcode = error instanceof Error && 'errcode' in error ? Number(error.errcode) : null;
    return { id: request.id, error: { message: error instanceof Error ? error.message : String(error), errcode } };
  }
}

parentPort?.on('message', (request: ThreadRequest | 'close') => {
  if (request !== 'close') {
    parentPort?.postMessage(answer(request));
    return;
  }
  for (const { db } of files.values()) db.close();
  parentPort?.close();
});

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE log (
    task_id INTEGER PRIMARY KEY, lines INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT`,
  // Ids are never used again, so that a piece can never point into another log's bytes.
  'CREATE TABLE chunk (id INTEGER PRIMARY KEY AUTOINCREMENT, zstd BLOB NOT NULL) STRICT',
  `CREATE TABLE piece (
    task_id INTEGER NOT NULL, first_line INTEGER NOT NULL, seq INTEGER NOT NULL, mid INTEGER NOT NULL,
    byte_from INTEGER NOT NULL, bytes INTEGER NOT NULL, chunk_id INTEGER, at INTEGER NOT NULL,
    PRIMARY KEY (task_id, first_line, seq)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE tail (
    task_id INTEGER NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (task_id, seq)) STRICT`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

import { type Kysely, sql } from 'kysely';

const READING = `CREATE TABLE reading (
  cluster TEXT NOT NULL, node TEXT NOT NULL, at INTEGER NOT NULL, newest TEXT NOT NULL, PRIMARY KEY (cluster, node))
  STRICT, WITHOUT ROWID`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(READING).execute(db);
}

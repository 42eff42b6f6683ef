import type { Kysely } from 'kysely';

/** Saved searches, the stock ones a person has thrown away, and what each person searched for last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('cluster', 'text', (column) => column.notNull())
      .addColumn('user', 'text', (column) => column.notNull());
  await table('bookmark')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('sort', 'text', (column) => column.notNull())
    .addColumn('public', 'integer', (column) => column.notNull())
    .addUniqueConstraint('bookmark_name', ['cluster', 'user', 'name'])
    .execute();
  await table('stock_dropped')
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('stock_dropped_key', ['cluster', 'user', 'name'])
    .execute();
  await table('search_history')
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('search_history_key', ['cluster', 'user', 'search'])
    .execute();
}

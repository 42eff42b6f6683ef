import {
  type Compilable,
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { ArchiveSchema, LogSchema } from '@/lib/archive/schema';
import type { SqlValue, Statement } from './protocol';

/** Builds statements, runs none: a thread runs them, many in one message. */
export const build = new Kysely<ArchiveSchema & LogSchema>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** A built query as a statement for one file, with its own parameters. */
export function statementOf(query: Compilable | RawBuilder<unknown>, file = 'archive'): Statement {
  const { sql, parameters } = query.compile(build);
  return { file, sql, rows: [parameters as readonly SqlValue[]] }; // of the schema's column types
}

/** The text of a query for many rows of parameters, given in the order in which its text names them. */
export function manyOf(query: Compilable, rows: readonly (readonly SqlValue[])[], file = 'archive'): Statement[] {
  return rows.length === 0 ? [] : [{ file, sql: query.compile().sql, rows }];
}

import {
  DummyDriver,
  Kysely,
  type OperationNodeSource,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Statement } from './engine';
import type { ArchiveSchema, LogSchema } from './schema';

/** Builds queries and runs none: an engine writes them in its own SQL, many in one message. */
export const build = new Kysely<ArchiveSchema & LogSchema>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** A built query as a statement for one file, with its own parameters. */
export const statementOf = (query: OperationNodeSource, file = 'archive'): Statement => ({ file, query });

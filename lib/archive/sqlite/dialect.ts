import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqlValue, StatementResult } from '@/lib/archive/engine';
import type { ThreadStatement } from './protocol';

export type RunStatement = (statement: ThreadStatement) => Promise<StatementResult>;

/**
 * Kysely over a database thread: the same SQL as its own SQLite dialect, sent as messages. One connection; transactions
 * of several calls are for the migrator, which is alone when it runs. Everything else sends a transaction whole.
 */
export class ThreadDialect implements Dialect {
  readonly #connection: ThreadConnection;

  constructor(file: string, run: RunStatement) {
    this.#connection = new ThreadConnection(file, run);
  }

  createDriver(): Driver {
    const connection = this.#connection;
    return {
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: () => connection.exec('BEGIN IMMEDIATE'),
      commitTransaction: () => connection.exec('COMMIT'),
      rollbackTransaction: () => connection.exec('ROLLBACK'),
      releaseConnection: async () => {},
      destroy: async () => {},
    };
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** SQLite does roll back tables and indexes, so a migration that is killed half-way leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly #file: string;
  readonly #run: RunStatement;

  constructor(file: string, run: RunStatement) {
    this.#file = file;
    this.#run = run;
  }

  async exec(sql: string): Promise<void> {
    await this.#run({ file: this.#file, sql, rows: [[]] });
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    // Kysely types parameters as unknown; ours are of the schema's column types.
    const { rows, changes } = await this.#run({ file: this.#file, sql, rows: [parameters as readonly SqlValue[]] });
    return { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for it, nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are read in pages, never as a stream');
  }
}

import { Kysely, SqliteQueryCompiler } from 'kysely';
import { compile } from '@/lib/archive/compile';
import type { Engine, SqlValue, Statement, StatementResult } from '@/lib/archive/engine';
import { migrateLogs, migrateTasks } from '@/lib/archive/migrations/migrate';
import type { ArchiveSchema, LogMonth, LogSchema } from '@/lib/archive/schema';
import { ThreadDialect } from './dialect';
import type { ThreadStatement } from './protocol';
import { sqlite } from './sql';
import { DatabaseThread } from './thread';

const READERS = 2; // so that a long count holds up no page

/** The database files of one data folder: one thread that writes, and threads that can only read. */
export class Database implements Engine {
  readonly dialect = sqlite;
  readonly reads: Kysely<ArchiveSchema>;
  readonly #writer: DatabaseThread;
  readonly #readers: DatabaseThread[];
  readonly #compiler = new SqliteQueryCompiler();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string) {
    this.#writer = new DatabaseThread({ dataDir, readOnly: false, cacheKiB: 65_536 });
    this.#readers = Array.from(
      { length: READERS },
      () => new DatabaseThread({ dataDir, readOnly: true, cacheKiB: 32_768 }),
    );
    this.reads = new Kysely({
      dialect: new ThreadDialect('archive', (statement) => first(this.#reader().run([statement], false))),
    });
  }

  /** Also makes this process the only one that uses the data folder, until it ends in whatever way. */
  async migrate(): Promise<void> {
    await this.#command('PRAGMA locking_mode=EXCLUSIVE', 'lock');
    await this.#command('BEGIN EXCLUSIVE', 'lock');
    await migrateTasks(this.#writes<ArchiveSchema>('archive'));
  }

  async prepareLogs({ file }: LogMonth): Promise<void> {
    await this.exclusively(() => migrateLogs(this.#writes<LogSchema>(file)));
  }

  read(statements: readonly Statement[]): Promise<StatementResult[]> {
    return this.#reader().run(this.#written(statements), false);
  }

  async readRows<R>(statement: Statement): Promise<R[]> {
    return (await first(this.read([statement]))).rows as R[];
  }

  exclusively<T>(job: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(job);
    this.#queue = run.catch(() => {}); // the next job does not mind; the caller gets the error
    return run;
  }

  write(statements: readonly Statement[]): Promise<StatementResult[]> {
    return statements.length === 0 ? Promise.resolve([]) : this.#writer.run(this.#written(statements), true);
  }

  async writeAlone(statement: Statement): Promise<number> {
    return (await first(this.exclusively(() => this.write([statement])))).changes;
  }

  async check(): Promise<void> {
    await this.#reader().run([{ file: 'archive', sql: 'select 1', rows: [[]] }], false);
    // Writes a page without changing anything.
    await this.exclusively(() => this.#command('PRAGMA user_version = 1'));
  }

  /** Refreshes SQLite's own statistics where they are stale. */
  async tidy(): Promise<void> {
    await this.exclusively(() => this.#command('PRAGMA optimize'));
  }

  async close(): Promise<void> {
    await this.#queue;
    await Promise.all(this.#readers.map((reader) => reader.close()));
    await this.#writer.close(); // the last to close, so that it can fold the write-ahead log back in
  }

  #reader(): DatabaseThread {
    return this.#readers.reduce((best, reader) => (reader.load < best.load ? reader : best));
  }

  #written(statements: readonly Statement[]): ThreadStatement[] {
    return statements.map(({ file, query, rows }) => {
      const { sql, parameters } = compile(query, this.#compiler);
      return { file, sql, rows: rows ?? [parameters as readonly SqlValue[]] }; // of the schema's column types
    });
  }

  #writes<S>(file: string): Kysely<S> {
    const run = (statement: ThreadStatement) => first(this.#writer.run([statement], false));
    return new Kysely({ dialect: new ThreadDialect(file, run) });
  }

  async #command(sql: string, file = 'archive'): Promise<void> {
    await this.#writer.run([{ file, sql, rows: [[]] }], false);
  }
}

const first = async (results: Promise<StatementResult[]>): Promise<StatementResult> =>
  (await results)[0] ?? { rows: [], changes: 0 };

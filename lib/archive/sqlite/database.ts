import { Kysely } from 'kysely';
import type { ArchiveSchema, LogSchema } from '@/lib/archive/schema';
import { ThreadDialect } from './dialect';
import type { Statement, StatementResult } from './protocol';
import { DatabaseThread } from './thread';

const READERS = 2; // so that a long count holds up no page

/** The database files of one data folder: one thread that writes, and threads that can only read. */
export class Database {
  readonly #writer: DatabaseThread;
  readonly #readers: DatabaseThread[];
  #queue: Promise<unknown> = Promise.resolve();

  /** Reads of the archive; what only the collector asks for included. */
  readonly reads: Kysely<ArchiveSchema>;
  /** For migrations. */
  readonly writes: Kysely<ArchiveSchema>;

  constructor(dataDir: string) {
    this.#writer = new DatabaseThread({ dataDir, readOnly: false, cacheKiB: 65_536 });
    this.#readers = Array.from(
      { length: READERS },
      () => new DatabaseThread({ dataDir, readOnly: true, cacheKiB: 32_768 }),
    );
    this.reads = new Kysely({ dialect: new ThreadDialect('archive', (statement) => this.#readOne(statement)) });
    this.writes = new Kysely({ dialect: new ThreadDialect('archive', (statement) => this.#writeOne(statement)) });
  }

  /**
   * Makes this process the only one that uses the data folder, until it ends in whatever way. Throws `unavailable` when
   * another one does.
   */
  async lock(): Promise<void> {
    const held = ['PRAGMA locking_mode=EXCLUSIVE', 'BEGIN EXCLUSIVE'];
    await this.#writer.run(
      held.map((sql) => ({ file: 'lock', sql, rows: [[]] })),
      false,
    );
  }

  /** A month of logs, `logs-2025-01`, to migrate it. */
  logWrites(file: string): Kysely<LogSchema> {
    return new Kysely({ dialect: new ThreadDialect(file, (statement) => this.#writeOne(statement)) });
  }

  /** Several reads in one message; a file that is not there has no rows. */
  read(statements: readonly Statement[]): Promise<StatementResult[]> {
    const [first, ...others] = this.#readers;
    if (!first) throw new Error('no reading thread');
    const idlest = others.reduce((best, reader) => (reader.load < best.load ? reader : best), first);
    return idlest.run(statements, false);
  }

  /** The rows of one read. Their shape is what the statement selects. */
  async readRows<R>(statement: Statement): Promise<R[]> {
    const [result] = await this.read([statement]);
    return (result?.rows ?? []) as R[];
  }

  /** All statements in one transaction and one message. Call it within `exclusively`. */
  write(statements: readonly Statement[]): Promise<StatementResult[]> {
    return statements.length === 0 ? Promise.resolve([]) : this.#writer.run(statements, true);
  }

  /** Runs jobs one after another, so that what one has read before it writes is still so when it writes. */
  exclusively<T>(job: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(job);
    this.#queue = run.catch(() => {}); // the next job does not mind; the caller gets the error
    return run;
  }

  /** Throws `unavailable` when the archive can no longer be read, or not be written: a full disk shows only then. */
  async check(): Promise<void> {
    const one = (sql: string): Statement => ({ file: 'archive', sql, rows: [[]] });
    await this.read([one('select 1')]);
    // Writes a page without changing anything.
    await this.exclusively(() => this.write([one('PRAGMA user_version = 1')]));
  }

  /** Refreshes SQLite's own statistics where they are stale; once a day. */
  async tidy(): Promise<void> {
    await this.exclusively(() => this.#writeOne({ file: 'archive', sql: 'PRAGMA optimize', rows: [[]] }));
  }

  async close(): Promise<void> {
    await this.#queue;
    await Promise.all(this.#readers.map((reader) => reader.close()));
    await this.#writer.close(); // the last to close, so that it can fold the write-ahead log back in
  }

  async #readOne(statement: Statement): Promise<StatementResult> {
    const [result] = await this.read([statement]);
    return result ?? { rows: [], changes: 0 };
  }

  async #writeOne(statement: Statement): Promise<StatementResult> {
    const [result] = await this.#writer.run([statement], false);
    return result ?? { rows: [], changes: 0 };
  }
}

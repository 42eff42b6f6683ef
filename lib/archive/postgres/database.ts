import { Kysely, PostgresDialect, PostgresQueryCompiler, sql } from 'kysely';
import { type ClientConfig, Pool, type PoolClient } from 'pg';
import { compile } from '@/lib/archive/compile';
import type { Engine, SqlRow, Statement, StatementResult } from '@/lib/archive/engine';
import { migratePostgres } from '@/lib/archive/migrations/migrate';
import type { ArchiveSchema, LogMonth } from '@/lib/archive/schema';
import { statementOf } from '@/lib/archive/statement';
import { configOf, toParameter } from './connection';
import { closed, toError } from './errors';
import { postgres } from './sql';

const READERS = 8;
// One key for all instances; whoever holds the lock is the only one that writes tasks and logs.
const BEGIN = 'begin; select pg_advisory_xact_lock(1952543595, 1)';
// An instance that stops in the middle must not hold the others up: after this the server takes its lock away.
const WRITER = { idle_in_transaction_session_timeout: 10_000, lock_timeout: 30_000, statement_timeout: 60_000 };
const READER = { statement_timeout: 60_000, options: '-c default_transaction_read_only=on' };

type Transaction = { client: PoolClient; open: boolean };

/** A Postgres database that several instances may share. */
export class PostgresDatabase implements Engine {
  readonly dialect = postgres;
  readonly reads: Kysely<ArchiveSchema>;
  readonly #readers: Pool;
  /** One connection: for transactions under the lock. */
  readonly #writer: Pool;
  /** For single statements, which do not wait for those. */
  readonly #aside: Pool;
  readonly #url: string;
  readonly #compiler = new PostgresQueryCompiler();
  #queue: Promise<unknown> = Promise.resolve();
  #transaction: Transaction | undefined;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
    const pool = (max: number, settings: ClientConfig): Pool => {
      const made = new Pool({ ...configOf(url), ...settings, max });
      made.on('error', () => {}); // an idle connection broke: the next call makes another one
      return made;
    };
    this.#readers = pool(READERS, READER);
    this.#writer = pool(1, WRITER);
    this.#aside = pool(2, WRITER);
    this.reads = new Kysely({ dialect: new PostgresDialect({ pool: this.#readers }) });
  }

  async migrate(): Promise<void> {
    const pool = new Pool({ ...configOf(this.#url), max: 1 }); // as slow as it must be
    const db = new Kysely<ArchiveSchema>({ dialect: new PostgresDialect({ pool }) });
    await migratePostgres(db)
      .catch(rethrow)
      .finally(() => db.destroy());
  }

  async prepareLogs({ file, from, to }: LogMonth): Promise<void> {
    const suffix = file.slice('logs-'.length).replace('-', '_');
    const partitions = ['log', 'piece', 'tail', 'chunk'].map((table) =>
      statementOf(sql`create table if not exists ${sql.table(`${table}_${suffix}`)} partition of ${sql.table(table)}
        for values from (${sql.lit(from)}) to (${sql.lit(to)})`),
    );
    await this.exclusively(() => this.write(partitions));
  }

  /** All of memory from one state of the database. */
  snapshot<T>(job: (db: Kysely<ArchiveSchema>) => Promise<T>): Promise<T> {
    const transaction = this.reads.transaction().setIsolationLevel('repeatable read');
    return transaction.execute(job).catch(rethrow);
  }

  read(statements: readonly Statement[]): Promise<StatementResult[]> {
    if (this.#closed) return Promise.reject(closed());
    return Promise.all(statements.map((statement) => this.#run(this.#readers, statement))).catch(rethrow);
  }

  async readRows<R>(statement: Statement): Promise<R[]> {
    const [result] = await this.read([statement]);
    return (result?.rows ?? []) as R[];
  }

  exclusively<T>(job: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(() => this.#locked(job));
    this.#queue = run.catch(() => {}); // the next job does not mind; the caller gets the error
    return run;
  }

  /** Commits, which gives the lock back. */
  async write(statements: readonly Statement[]): Promise<StatementResult[]> {
    const transaction = this.#transaction;
    if (!transaction?.open) throw new Error('a write is the last thing that a job of exclusively does');
    const results: StatementResult[] = [];
    try {
      for (const statement of statements) results.push(await this.#run(transaction.client, statement));
      await transaction.client.query('commit');
    } catch (error) {
      throw toError(error);
    }
    transaction.open = false;
    return results;
  }

  async writeAlone(statement: Statement): Promise<number> {
    if (this.#closed) throw closed();
    return (await this.#run(this.#aside, statement).catch(rethrow)).changes;
  }

  async check(): Promise<void> {
    await this.readRows(statementOf(sql`select 1`));
    await this.writeAlone(
      statementOf(sql`insert into lease (name, holder, until) values ('check', '', now())
        on conflict (name) do update set until = excluded.until`),
    );
  }

  /** Forgets who began to keep a log and never ended. */
  async tidy(): Promise<void> {
    await this.writeAlone(statementOf(sql`delete from lease where until < now() - interval '1 day'`));
  }

  async close(): Promise<void> {
    await this.#queue;
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([this.#readers.end(), this.#writer.end(), this.#aside.end()]);
  }

  async #locked<T>(job: () => Promise<T>): Promise<T> {
    if (this.#closed) throw closed();
    const client = await this.#writer.connect().catch(rethrow);
    const transaction = { client, open: true };
    try {
      await client.query(BEGIN).catch(rethrow);
      this.#transaction = transaction;
      return await job();
    } finally {
      this.#transaction = undefined;
      // What was not committed is undone; a connection that cannot even do that is thrown away.
      const undone =
        !transaction.open ||
        (await client.query('rollback').then(
          () => true,
          () => false,
        ));
      client.release(!undone);
    }
  }

  async #run(on: Pool | PoolClient, { query, rows }: Statement): Promise<StatementResult> {
    const { sql: text, parameters } = compile(query, this.#compiler);
    const result: StatementResult = { rows: [], changes: 0 };
    for (const values of rows ?? [parameters]) {
      const answer = await on.query<SqlRow>(text, values.map(toParameter));
      result.rows.push(...answer.rows);
      result.changes += answer.rowCount ?? 0;
    }
    return result;
  }
}

function rethrow(error: unknown): never {
  throw toError(error);
}

import type { Kysely, OperationNodeSource } from 'kysely';
import type { Dialect } from './dialect';
import type { ArchiveSchema, LogMonth } from './schema';

/** What both engines bind and give back. Numbers stay below 2^53. */
export type SqlValue = null | number | string | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

/**
 * A query for an engine to write in its own SQL, run once with its own parameters or once for each of `rows`. `file` is
 * where SQLite keeps it: `archive`, or a month of logs.
 */
export type Statement = { file: string; query: OperationNodeSource; rows?: readonly (readonly SqlValue[])[] };

/** The rows of all runs of a statement together; `changes` counts what writes touched. */
export type StatementResult = { rows: SqlRow[]; changes: number };

/** A database as the archive uses it, SQLite or Postgres. Whatever the operator can mend is thrown as `unavailable`. */
export interface Engine {
  readonly dialect: Dialect;
  /** Plain reads, also those that only the collector asks for. */
  readonly reads: Kysely<ArchiveSchema>;
  /** Makes the tables or brings them up to date; one process at a time, and one that is killed leaves nothing behind. */
  migrate(): Promise<void>;
  /** The same for what keeps a month of logs. */
  prepareLogs(month: LogMonth): Promise<void>;
  /** Several reads together; a month that is not there has no rows. */
  read(statements: readonly Statement[]): Promise<StatementResult[]>;
  /** The rows of one read. Their shape is what the statement selects. */
  readRows<R>(statement: Statement): Promise<R[]>;
  /** Runs jobs one after another, of all processes, so that what one has read before it writes is still so when it writes. */
  exclusively<T>(job: () => Promise<T>): Promise<T>;
  /** All statements in one transaction, at most once in a job of `exclusively`. */
  write(statements: readonly Statement[]): Promise<StatementResult[]>;
  /** One statement that minds no other and waits for none where it need not; gives how many rows it touched. */
  writeAlone(statement: Statement): Promise<number>;
  /** Throws `unavailable` when the archive can no longer be read, or not be written: a full disk shows only then. */
  check(): Promise<void>;
  /** What is worth doing once a day. */
  tidy(): Promise<void>;
  /** Waits for what was begun. */
  close(): Promise<void>;
}

/** What SQLite binds and gives back. Numbers stay below 2^53. */
export type SqlValue = null | number | string | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

/** One text, run once for each row of parameters. `file` is a database of the data folder, without `.db`. */
export type Statement = { file: string; sql: string; rows: readonly (readonly SqlValue[])[] };

/** The rows of all runs of a statement together; `changes` counts what writes touched. */
export type StatementResult = { rows: SqlRow[]; changes: number };

export type ThreadSettings = { dataDir: string; readOnly: boolean; cacheKiB: number };

/** `atomic`: one transaction, whole or not at all; all statements must be about one file. */
export type ThreadRequest = { id: number; atomic: boolean; statements: readonly Statement[] };

export type ThreadAnswer =
  | { id: number; results: StatementResult[] }
  | { id: number; error: { message: string; errcode: number | null } };

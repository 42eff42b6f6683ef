import type { SqlValue, StatementResult } from '@/lib/archive/engine';

/** One text, run once for each row of parameters. `file` is a database of the data folder, without `.db`. */
export type ThreadStatement = { file: string; sql: string; rows: readonly (readonly SqlValue[])[] };

export type ThreadSettings = { dataDir: string; readOnly: boolean; cacheKiB: number };

/** `atomic`: one transaction, whole or not at all; all statements must be about one file. */
export type ThreadRequest = { id: number; atomic: boolean; statements: readonly ThreadStatement[] };

export type ThreadAnswer =
  | { id: number; results: StatementResult[] }
  | { id: number; error: { message: string; errcode: number | null } };

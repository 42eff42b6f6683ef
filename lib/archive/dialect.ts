import type { RawBuilder } from 'kysely';
import type { SqlValue, Statement } from './engine';
import type { LogMonth } from './schema';

/** An expression or a part of a statement. */
export type Sql = RawBuilder<unknown>;

/** The indexes that a search or the collector asks for by name, and the tables whose rows are numbered by the second. */
export type TaskIndex =
  | 'task_attn'
  | 'task_label'
  | 'task_node'
  | 'task_actor'
  | 'task_guest'
  | 'task_long'
  | 'task_open'
  | 'task_no_log';

/** The few things that the two engines say differently. Everything else is written once, in SQL that both read alike. */
export interface Dialect {
  /** `task` to be entered by an index, or, with null, by its key. */
  task(index: TaskIndex | null): Sql;
  /** A column that no index shall be chosen for: the access path has decided. */
  quiet(column: Sql): Sql;
  /** Whether a value is among many; never null for one that is not. */
  isOneOf(value: Sql, list: readonly (number | string)[]): Sql;
  isNoneOf(value: Sql, list: readonly (number | string)[]): Sql;
  /** Whether a folded text holds a folded needle. */
  holds(text: Sql, needle: string): Sql;
  /** Whether the digits stand in a text as a whole number. */
  holdsNumber(text: Sql, digits: string): Sql;
  /** A number as eight hex digits in upper case, or more when it needs them. */
  hex(value: Sql): Sql;
  /** A text to order by, compared by its bytes. */
  byBytes(text: Sql): Sql;
  /** The rows of a table whose ids lie within one of the seconds, as the `from` of a statement. */
  ofSeconds(table: 'task' | 'task_gone', seconds: readonly number[]): Sql;
  insertRows(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Statement[];
  /** Sets columns of tasks; each row ends with the task's id. */
  updateTasks(columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Statement[];
  readonly logs: LogDialect;
}

/** What the two engines say differently about logs. */
export interface LogDialect {
  addChunk(month: LogMonth, zstd: Uint8Array): Sql;
  /** The id of the chunk that was added last in the same transaction. */
  readonly newChunk: Sql;
  /** Leaves out what is of other months, where they share tables. */
  ofMonth(table: 'chunk' | 'tail', month: LogMonth): Sql;
  /** Where several instances may fetch one log: the latest to begin is the one that goes on. */
  readonly claim: {
    take(taskId: number, attempt: string): Sql;
    held(taskId: number, attempt: string): Sql;
    drop(taskId: number): Sql;
  } | null;
}

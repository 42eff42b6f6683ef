import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { SqlValue, Statement } from '@/lib/archive/engine';
import { PER_SECOND } from '@/lib/archive/schema';

const MANY = 200; // SQLite binds no more than 32,766 values, and each length is another statement to prepare

const list = (values: readonly (number | string)[]): Sql =>
  values.length > MANY || values.some((value) => typeof value === 'string')
    ? sql`(select value from json_each(${JSON.stringify(values)}))`
    : sql`(${sql.join([...values])})`;

const manyOf = (query: Sql, rows: Statement['rows'] & object): Statement[] =>
  rows.length === 0 ? [] : [{ file: 'archive', query, rows }];

const placeholders = (columns: readonly string[]): Sql => sql.join(columns.map(() => sql.val<SqlValue>(null)));

/** SQLite obeys: an index is named, a unary plus keeps a column from being chosen. `fold` is a function of worker.ts. */
export const sqlite: Dialect = {
  task: (index) => (index === null ? sql`task not indexed` : sql`task indexed by ${sql.ref(index)}`),
  quiet: (column) => sql`+${column}`,
  isOneOf: (value, values) => sql`${value} in ${list(values)}`,
  isNoneOf: (value, values) => sql`${value} not in ${list(values)}`,
  holds: (text, needle) => sql`instr(${text}, ${needle}) > 0`,
  holdsNumber: (text, digits) => sql`(' ' || ${text} || ' ') glob ${`*[^0-9]${digits}[^0-9]*`}`,
  hex: (value) => sql`printf('%08X', ${value})`,
  byBytes: (text) => text,
  ofSeconds: (table, seconds) => sql`json_each(${JSON.stringify(seconds)}) as second cross join ${sql.table(table)}
    on ${sql.table(table)}.id >= second.value * ${sql.lit(PER_SECOND)}
    and ${sql.table(table)}.id < (second.value + 1) * ${sql.lit(PER_SECOND)}`,
  insertRows: (table, columns, rows) =>
    manyOf(
      sql`insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
        values (${placeholders(columns)})`,
      rows,
    ),
  updateTasks: (columns, rows) =>
    manyOf(
      sql`update task set ${sql.join(columns.map((name) => sql`${sql.ref(name)} = ${null}`))} where id = ${null}`,
      rows,
    ),
  logs: {
    addChunk: (_month, zstd) => sql`insert into chunk (zstd) values (${zstd})`,
    newChunk: sql`(select max(id) from chunk)`,
    ofMonth: () => sql`true`, // a file is a month
    claim: null,
  },
};

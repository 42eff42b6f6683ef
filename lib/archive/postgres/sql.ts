import { sql } from 'kysely';
import type { Dialect, Sql } from '@/lib/archive/dialect';
import type { SqlValue } from '@/lib/archive/engine';
import { PER_SECOND } from '@/lib/archive/schema';
import { statementOf } from '@/lib/archive/statement';

const TEXTS = new Set(['object', 'upid', 'cluster', 'name', 'listed_by', 'label', 'user', 'realm', 'token', 'type']);
for (const name of ['tags', 'pool', 'text']) TEXTS.add(name);

const array = (values: readonly SqlValue[], type: 'bigint' | 'text'): Sql =>
  sql`cast(${values} as ${sql.raw(`${type}[]`)})`;

const listOf = (values: readonly (number | string)[]): Sql =>
  array(values, values.some((value) => typeof value === 'string') ? 'text' : 'bigint');

/** Rows column by column: one parameter for each column, whatever their number. */
const unnested = (columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Sql =>
  sql`unnest(${sql.join(
    columns.map((name, at) =>
      array(
        rows.map((row) => row[at] ?? null),
        TEXTS.has(name) ? 'text' : 'bigint',
      ),
    ),
  )})`;

const names = (columns: readonly string[]): Sql => sql.join(columns.map((name) => sql.ref(name)));

/** Postgres chooses its indexes itself, from statistics of its own. `fold` is a function of the first migration. */
export const postgres: Dialect = {
  task: () => sql`task`,
  quiet: (column) => column,
  isOneOf: (value, values) => sql`${value} = any(${listOf(values)})`,
  isNoneOf: (value, values) => sql`${value} <> all(${listOf(values)})`,
  holds: (text, needle) => sql`strpos(${text}, ${needle}) > 0`,
  holdsNumber: (text, digits) => sql`(' ' || ${text} || ' ') ~ ${`[^0-9]${digits}[^0-9]`}`,
  hex: (value) => sql`lpad(upper(to_hex(${value})), greatest(8, length(to_hex(${value}))), '0')`,
  byBytes: (text) => sql`(${text}) collate "C"`,
  ofSeconds: (table, seconds) => sql`unnest(${array(seconds, 'bigint')}) as second(value) join ${sql.table(table)}
    on ${sql.table(table)}.id >= second.value * ${sql.lit(PER_SECOND)}
    and ${sql.table(table)}.id < (second.value + 1) * ${sql.lit(PER_SECOND)}`,
  insertRows: (table, columns, rows) =>
    rows.length === 0
      ? []
      : [
          statementOf(
            sql`insert into ${sql.table(table)} (${names(columns)}) select * from ${unnested(columns, rows)}`,
          ),
        ],
  updateTasks(columns, rows) {
    if (rows.length === 0) return [];
    const all = [...columns, 'id'];
    const sets = columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`row.${name}`)}`);
    return [
      statementOf(sql`update task set ${sql.join(sets)} from ${unnested(all, rows)} as "row"(${names(all)})
        where task.id = "row".id`),
    ];
  },
  logs: {
    addChunk: ({ from }, zstd) => sql`insert into chunk (month, zstd) values (${from}, ${zstd})`,
    newChunk: sql`currval('chunk_id')`,
    // Literals, so that the other partitions are not even looked at.
    ofMonth: (table, { from, to }) =>
      table === 'chunk'
        ? sql`chunk.month = ${sql.lit(from)}`
        : sql`tail.task_id >= ${sql.lit(from)} and tail.task_id < ${sql.lit(to)}`,
    claim: {
      take: (taskId, attempt) => sql`insert into lease (name, holder, until)
        values (${logName(taskId)}, ${attempt}, now() + interval '1 day')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until`,
      drop: (taskId) => sql`delete from lease where name = ${logName(taskId)}`,
      held: (taskId, attempt) => sql`select 1 from lease where name = ${logName(taskId)} and holder = ${attempt}`,
    },
  },
};

const logName = (taskId: number): string => `log ${taskId}`;

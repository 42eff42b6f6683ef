import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ArchiveSchema } from './schema';
import type { IdColumn } from './search/condition';

type CountedColumn = Exclude<IdColumn, 'exit_id'>;
const COLUMNS = ['node_id', 'label_id', 'actor_id', 'guest_id'] as const satisfies readonly CountedColumn[];

/** The columns of a task that are counted. */
type Counted = { node_id: number; label_id: number; actor_id: number; guest_id: number | null };

/** How the counters move with one transaction. */
export type StatisticsChange = {
  counts: Record<CountedColumn, [id: number, by: number][]>;
  tasks: number;
  attention: number;
  long: number;
  open: number;
};

/**
 * How many tasks each node, label, actor and guest has: exact, because every transaction says how it moves them. They
 * choose the access paths and are the totals of plain lists.
 */
export class Statistics {
  readonly #counts: Record<CountedColumn, Map<number, number>> = {
    node_id: new Map(),
    label_id: new Map(),
    actor_id: new Map(),
    guest_id: new Map(),
  };
  tasks = 0;
  /** Estimates, right when the archive was opened and kept near it: no success, ten minutes or more, no end. */
  attention = 0;
  long = 0;
  open = 0;

  count(column: CountedColumn, id: number): number {
    return this.#counts[column].get(id) ?? 0;
  }

  /** The counts of all entries of a column. */
  all(column: CountedColumn): ReadonlyMap<number, number> {
    return this.#counts[column];
  }

  async load(db: Kysely<ArchiveSchema>): Promise<void> {
    for (const column of COLUMNS) {
      const query = sql<{ id: number; n: number }>`select ${sql.ref(column)} as id, count(*) as n from task
        where ${sql.ref(column)} is not null group by ${sql.ref(column)}`;
      const { rows } = await query.execute(db);
      this.#counts[column].clear();
      for (const { id, n } of rows) this.#counts[column].set(id, n);
    }
    const count = async (partial: string): Promise<number> =>
      (await sql<{ n: number }>`select count(*) as n from task where ${sql.raw(partial)}`.execute(db)).rows[0]?.n ?? 0;
    this.tasks = [...this.#counts.node_id.values()].reduce((sum, n) => sum + n, 0);
    this.attention = await count('result<>1');
    this.long = await count('dur>=600');
    this.open = await count('dur is null');
  }

  take({ counts, tasks, attention, long, open }: StatisticsChange): void {
    for (const column of COLUMNS) for (const [id, by] of counts[column]) this.#move(column, id, by);
    this.tasks += tasks;
    this.attention += attention;
    this.long += long;
    this.open += open;
  }

  /** What was counted since this was made empty: how one transaction moves the counters. */
  change(): StatisticsChange {
    const { tasks, attention, long, open } = this;
    const { node_id, label_id, actor_id, guest_id } = this.#counts;
    return {
      counts: { node_id: [...node_id], label_id: [...label_id], actor_id: [...actor_id], guest_id: [...guest_id] },
      ...{ tasks, attention, long, open },
    };
  }

  /** A task was added (1), or leaves one of its entries for another one (-1, then 1). */
  add(task: Partial<Counted>, by: 1 | -1): void {
    for (const column of COLUMNS) {
      const id = task[column];
      if (id !== undefined && id !== null) this.#move(column, id, by);
    }
  }

  /** A task was added (`before` is null) or ended. Result 1 is success; `dur` in seconds. */
  ends(before: { dur: null } | null, end: { result: number; dur: number } | undefined): void {
    if (!before) this.tasks += 1;
    if (!before && !end) this.open += 1;
    if (before && end) this.open -= 1;
    if (!before && end?.result !== 1) this.attention += 1;
    if (before && end?.result === 1) this.attention -= 1;
    if (end && end.dur >= 600) this.long += 1;
  }

  #move(column: CountedColumn, id: number, by: number): void {
    this.#counts[column].set(id, this.count(column, id) + by);
  }
}

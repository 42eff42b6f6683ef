import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ArchiveSchema } from './schema';
import type { IdColumn } from './search/condition';

type CountedColumn = Exclude<IdColumn, 'exit_id'>;
const COLUMNS = ['node_id', 'label_id', 'actor_id', 'guest_id'] as const satisfies readonly CountedColumn[];

/** The columns of a task that are counted. */
export type Counted = { node_id: number; label_id: number; actor_id: number; guest_id: number | null };

/**
 * How many tasks each node, label, actor and guest has: exact, because this process is the only one that writes. They
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
      for (const { id, n } of (await query.execute(db)).rows) this.#counts[column].set(id, n);
    }
    for (const n of this.#counts.node_id.values()) this.tasks += n;
    const count = async (partial: string): Promise<number> =>
      (await sql<{ n: number }>`select count(*) as n from task where ${sql.raw(partial)}`.execute(db)).rows[0]?.n ?? 0;
    this.attention = await count('result<>1');
    this.long = await count('dur>=600');
    this.open = await count('dur is null');
  }

  /** A task was added (1), or leaves one of its entries for another one (-1, then 1). */
  add(task: Partial<Counted>, by: 1 | -1): void {
    for (const column of COLUMNS) {
      const id = task[column];
      if (id === undefined || id === null) continue;
      this.#counts[column].set(id, this.count(column, id) + by);
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
}

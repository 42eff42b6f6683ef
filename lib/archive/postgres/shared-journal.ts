import { sql } from 'kysely';
import type { ArchiveChange } from '@/lib/archive/archive';
import type { Statement } from '@/lib/archive/engine';
import type { Journal } from '@/lib/archive/journal';
import type { Change, Memory } from '@/lib/archive/memory';
import { statementOf } from '@/lib/archive/statement';
import type { PostgresDatabase } from './database';
import { toError } from './errors';
import type { Signals } from './signals';

const KEPT = 1000; // changes: what an instance may be behind without having to read everything again
const AT_ONCE = 100;
const LOOK_EVERY_MS = 5_000;

type Row = { seq: number; body: string };

/**
 * The journal of one of several instances: every commit leaves a row that says what it did to the memory, numbered under
 * the write lock, so without holes and in the order of the commits. A signal says that there is one; a look now and
 * then finds what no signal told.
 */
export class SharedJournal implements Journal {
  readonly #database: PostgresDatabase;
  readonly #signals: Signals;
  readonly #memory: Memory;
  readonly #tell: (change: ArchiveChange) => void;
  #seq = 0;
  #reading: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #looks: NodeJS.Timeout | undefined;

  constructor(database: PostgresDatabase, signals: Signals, memory: Memory, tell: (change: ArchiveChange) => void) {
    this.#database = database;
    this.#signals = signals;
    this.#memory = memory;
    this.#tell = tell;
  }

  async open(): Promise<void> {
    await this.#signals.open().catch((error) => {
      throw toError(error);
    });
    await this.#load();
    const look = () => void this.catchUp().catch(() => {}); // the database is away: the next look finds it
    this.#signals.hear('change', look);
    this.#looks = setInterval(look, LOOK_EVERY_MS);
    this.#looks.unref();
  }

  begin(): Promise<void> {
    return this.catchUp();
  }

  async commit(statements: readonly Statement[], change: Change): Promise<void> {
    const seq = this.#seq + 1; // nobody else has committed since `begin`
    const row = sql`insert into change (seq, body) values (${seq}, ${JSON.stringify(change)})`;
    const old = sql`delete from change where seq <= ${seq - KEPT}`;
    const kept = seq % AT_ONCE === 0 ? [row, old] : [row];
    await this.#database.write([
      ...statements,
      ...[...kept, this.#signals.signal('change', '')].map((s) => statementOf(s)),
    ]);
    this.#take(seq, change);
  }

  /** A reading under way may have begun too early, so whoever comes meanwhile shares the next one. */
  catchUp(): Promise<void> {
    this.#next ??= this.#reading.then(() => {
      this.#next = undefined;
      const reading = this.#read();
      this.#reading = reading.catch(() => {});
      return reading;
    });
    return this.#next;
  }

  async close(): Promise<void> {
    clearInterval(this.#looks);
    await this.#signals.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    for (let full = true; full; ) {
      const query = sql`select seq, body from change where seq > ${this.#seq} order by seq limit ${sql.lit(AT_ONCE)}`;
      const rows = await this.#database.readRows<Row>(statementOf(query));
      for (const { seq, body } of rows) {
        if (seq > this.#seq + 1) return this.#missed();
        this.#take(seq, JSON.parse(body) as Change); // written by `commit`
      }
      full = rows.length === AT_ONCE;
    }
  }

  /** Each change once and in order, whether its own process or a reading comes first with it. */
  #take(seq: number, change: Change): void {
    if (seq !== this.#seq + 1) return;
    this.#seq = seq;
    this.#memory.take(change);
    if (change.tasks.length > 0) this.#tell({ archiveIds: change.tasks });
  }

  async #missed(): Promise<void> {
    await this.#load();
    this.#tell({ archiveIds: [], missed: true });
  }

  async #load(): Promise<void> {
    this.#seq = await this.#database.snapshot(async (db) => {
      const { rows } = await sql<{ seq: number }>`select coalesce(max(seq), 0) as seq from change`.execute(db);
      await this.#memory.load(db);
      return rows[0]?.seq ?? 0;
    });
  }
}

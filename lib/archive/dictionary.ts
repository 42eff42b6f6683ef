import type { SqlRow, SqlValue, Statement } from './sqlite/protocol';

/** How an entry is told from others, and how it is written down. */
type Shape<T> = {
  table: string;
  columns: readonly string[];
  key(entry: T): string;
  row(entry: T): readonly SqlValue[];
};

export type Entry<T> = T & { id: number };

/** A small table held in memory: ids stand for its entries in `task`, and conditions on text are answered here. */
export class Dictionary<T extends object> {
  readonly shape: Shape<T>;
  readonly #byId = new Map<number, Entry<T>>();
  readonly #byKey = new Map<string, Entry<T>>();
  #lastId = 0;

  constructor(shape: Shape<T>) {
    this.shape = shape;
  }

  /** All entries, in the order in which they were first seen. */
  get entries(): Iterable<Entry<T>> {
    return this.#byId.values();
  }

  get lastId(): number {
    return this.#lastId;
  }

  get(id: number): Entry<T> | undefined {
    return this.#byId.get(id);
  }

  find(key: string): Entry<T> | undefined {
    return this.#byKey.get(key);
  }

  add(entry: Entry<T>): void {
    this.#byId.set(entry.id, entry);
    this.#byKey.set(this.shape.key(entry), entry);
    this.#lastId = Math.max(this.#lastId, entry.id);
  }

  load(rows: readonly SqlRow[], read: (row: SqlRow) => T): void {
    for (const row of rows) this.add({ ...read(row), id: Number(row.id) });
  }
}

/** New entries of one transaction: nobody sees them before it is committed, and a failed one leaves nothing behind. */
export class Draft<T extends object> {
  readonly #dictionary: Dictionary<T>;
  readonly #added = new Map<string, Entry<T>>();

  constructor(dictionary: Dictionary<T>) {
    this.#dictionary = dictionary;
  }

  idOf(entry: T): number {
    const key = this.#dictionary.shape.key(entry);
    const known = this.#dictionary.find(key) ?? this.#added.get(key);
    if (known) return known.id;
    const id = this.#dictionary.lastId + this.#added.size + 1;
    this.#added.set(key, { ...entry, id });
    return id;
  }

  statements(): Statement[] {
    if (this.#added.size === 0) return [];
    const { table, columns, row } = this.#dictionary.shape;
    const names = ['id', ...columns].map((name) => `"${name}"`).join(', ');
    const sql = `insert into "${table}" (${names}) values (${['?', ...columns.map(() => '?')].join(', ')})`;
    return [{ file: 'archive', sql, rows: [...this.#added.values()].map((entry) => [entry.id, ...row(entry)]) }];
  }

  publish(): void {
    for (const entry of this.#added.values()) this.#dictionary.add(entry);
    this.#added.clear();
  }
}

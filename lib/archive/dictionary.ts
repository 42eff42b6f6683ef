import type { SqlRow, SqlValue } from './engine';

/** How an entry is told from others, and how it is written down. */
type Shape<T> = {
  table: string;
  columns: readonly string[];
  key(entry: T): string;
  row(entry: T): readonly SqlValue[];
  read(row: SqlRow): T;
};

export type Entry<T> = T & { id: number };

/** A new entry as it is written: its id, then its columns. */
export type NewRow = readonly SqlValue[];

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

  /** Takes rows of its table; those it has stay as they are. */
  load(rows: readonly SqlRow[]): void {
    for (const row of rows) this.#add({ ...this.shape.read(row), id: Number(row.id) });
  }

  /** Takes what a `Draft` has written. */
  take(rows: readonly NewRow[]): void {
    this.load(
      rows.map((row) => Object.fromEntries(['id', ...this.shape.columns].map((name, at) => [name, row[at] ?? null]))),
    );
  }

  #add(entry: Entry<T>): void {
    if (this.#byId.has(entry.id)) return;
    this.#byId.set(entry.id, entry);
    this.#byKey.set(this.shape.key(entry), entry);
    this.#lastId = Math.max(this.#lastId, entry.id);
  }
}

/** New entries of one transaction: nobody sees them before it is committed, and a failed one leaves nothing behind. */
export class Draft<T extends object> {
  readonly #dictionary: Dictionary<T>;
  readonly #added = new Map<string, NewRow>();

  constructor(dictionary: Dictionary<T>) {
    this.#dictionary = dictionary;
  }

  /** Ids go on from the last one: whoever writes is the only one, and knows every entry. */
  idOf(entry: T): number {
    const { key: keyOf, row } = this.#dictionary.shape;
    const key = keyOf(entry);
    const known = this.#dictionary.find(key)?.id ?? this.#added.get(key)?.[0];
    if (known !== undefined) return Number(known);
    const id = this.#dictionary.lastId + this.#added.size + 1;
    this.#added.set(key, [id, ...row(entry)]);
    return id;
  }

  rows(): NewRow[] {
    return [...this.#added.values()];
  }
}

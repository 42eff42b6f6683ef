import type { ArchiveChange } from './archive';
import type { Engine, Statement } from './engine';
import type { Change, Memory } from './memory';

/** The one way to commit what changes tasks: the transaction first, then what is held in memory, then the listeners. */
export interface Journal {
  /** Fills the memory when the archive is opened. */
  open(): Promise<void>;
  /** Within `exclusively`, before anything is read: what others have committed. */
  begin(): Promise<void>;
  /** Within `exclusively`, once. */
  commit(statements: readonly Statement[], change: Change): Promise<void>;
  /** Resolves when the memory knows all that was committed before this call. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** The journal of a process that is the only one to use its database. */
export class OwnJournal implements Journal {
  readonly #engine: Engine;
  readonly #memory: Memory;
  readonly #tell: (change: ArchiveChange) => void;
  #committing: Promise<void> = Promise.resolve();

  constructor(engine: Engine, memory: Memory, tell: (change: ArchiveChange) => void) {
    this.#engine = engine;
    this.#memory = memory;
    this.#tell = tell;
  }

  async open(): Promise<void> {
    await this.#memory.load(this.#engine.reads);
  }

  async begin(): Promise<void> {}

  commit(statements: readonly Statement[], change: Change): Promise<void> {
    const committed = this.#engine.write(statements).then(() => {
      this.#memory.take(change);
      if (change.tasks.length > 0) this.#tell({ archiveIds: change.tasks });
    });
    this.#committing = committed.catch(() => {});
    return committed;
  }

  /** What is read from the file may have been committed before its own process heard that it was. */
  catchUp(): Promise<void> {
    return this.#committing;
  }

  async close(): Promise<void> {}
}

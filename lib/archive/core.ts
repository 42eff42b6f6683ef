import type { ArchiveChange } from './archive';
import type { Dictionaries } from './dictionaries';
import type { Engine, Statement } from './engine';
import { type Journal, OwnJournal } from './journal';
import { type Change, Memory } from './memory';
import type { ObjectIndex } from './search/object-index';
import { Database } from './sqlite/database';
import type { Statistics } from './statistics';
import { StaleMemory } from './to-task';

/** What every part of the archive works with. */
export type Core = {
  database: Engine;
  dictionaries: Dictionaries;
  statistics: Statistics;
  objects: ObjectIndex;
  /** Runs a job alone, with the memory as the database is. */
  exclusively<T>(job: () => Promise<T>): Promise<T>;
  /** Commits what a job of `exclusively` wants written, once. */
  commit(statements: readonly Statement[], change: Change): Promise<void>;
  /** Runs a read, again when it met what the memory did not know when it began. */
  coherently<T>(read: () => Promise<T>): Promise<T>;
  /** Resolves when the memory knows all that was committed before. */
  catchUp(): Promise<void>;
  onChange(listener: (change: ArchiveChange) => void): () => void;
  close(): Promise<void>;
};

const TRIES = 5;

/** Opens the database of a data folder, brings its tables up to date and reads its dictionaries. */
export async function openCore(dataDir: string): Promise<Core> {
  const listeners = new Set<(change: ArchiveChange) => void>();
  const tell = (change: ArchiveChange) => {
    for (const listener of [...listeners]) listener(change);
  };
  const memory = new Memory();
  const database = new Database(dataDir);
  const journal: Journal = new OwnJournal(database, memory, tell);
  try {
    await database.migrate();
    await journal.open();
  } catch (error) {
    await database.close();
    throw error;
  }
  const { dictionaries, statistics, objects } = memory;
  return {
    ...{ database, dictionaries, statistics, objects },
    exclusively: (job) =>
      database.exclusively(async () => {
        await journal.begin();
        return job();
      }),
    commit: (statements, change) => journal.commit(statements, change),
    async coherently(read) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await read();
        } catch (error) {
          if (!(error instanceof StaleMemory) || tries === TRIES) throw error;
          await journal.catchUp();
        }
      }
    },
    catchUp: () => journal.catchUp(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await journal.close();
      await database.close();
    },
  };
}

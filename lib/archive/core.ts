import type { ArchiveChange, LeaseStore } from './archive';
import type { Dictionaries } from './dictionaries';
import type { Engine, Statement } from './engine';
import { type Journal, OwnJournal } from './journal';
import { type Change, Memory } from './memory';
import { ownLeases } from './own-leases';
import { PostgresDatabase } from './postgres/database';
import { SharedJournal } from './postgres/shared-journal';
import { sharedLeases } from './postgres/shared-leases';
import { Signals } from './postgres/signals';
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
  leases: LeaseStore;
  /** Words between instances; null where there is one. */
  signals: Signals | null;
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

/** Where an archive is kept: in files of a folder, or in a Postgres database. */
export type Place = { dataDir: string } | { databaseUrl: string };

/** Opens the database, brings its tables up to date and reads what is held in memory. */
export async function openCore(place: Place): Promise<Core> {
  const listeners = new Set<(change: ArchiveChange) => void>();
  const tell = (change: ArchiveChange) => {
    for (const listener of [...listeners]) listener(change);
  };
  const memory = new Memory();
  const { database, journal, leases, signals } = enginesOf(place, memory, tell);
  try {
    await database.migrate();
    await journal.open();
  } catch (error) {
    await journal.close();
    await database.close();
    throw error;
  }
  const { dictionaries, statistics, objects } = memory;
  return {
    ...{ database, dictionaries, statistics, objects, leases, signals },
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

function enginesOf(
  place: Place,
  memory: Memory,
  tell: (change: ArchiveChange) => void,
): Pick<Core, 'database' | 'leases' | 'signals'> & { journal: Journal } {
  if ('dataDir' in place) {
    const database = new Database(place.dataDir);
    const journal = new OwnJournal(database, memory, tell);
    return { database, journal, leases: ownLeases(Date.now), signals: null };
  }
  const signals = new Signals(place.databaseUrl);
  const database = new PostgresDatabase(place.databaseUrl);
  const journal = new SharedJournal(database, signals, memory, tell);
  return { database, journal, leases: sharedLeases(database), signals };
}

import type { ArchiveChange } from './archive';
import { Dictionaries } from './dictionaries';
import { migrateTasks } from './migrations/migrate';
import { ObjectIndex } from './search/object-index';
import { Database } from './sqlite/database';
import { Statistics } from './statistics';

/** What every part of the archive works with. */
export type Core = {
  database: Database;
  dictionaries: Dictionaries;
  statistics: Statistics;
  objects: ObjectIndex;
  /** Tells the listeners that these tasks were added or changed; called after the commit. */
  changed(archiveIds: readonly number[]): void;
  onChange(listener: (change: ArchiveChange) => void): () => void;
};

/** Opens the database of a data folder, brings its tables up to date and reads its dictionaries. */
export async function openCore(dataDir: string): Promise<Core> {
  const database = new Database(dataDir);
  const dictionaries = new Dictionaries();
  const statistics = new Statistics();
  try {
    await database.lock();
    await migrateTasks(database.writes);
    await Promise.all([dictionaries.load(database.reads), statistics.load(database.reads)]);
  } catch (error) {
    await database.close();
    throw error;
  }
  const listeners = new Set<(change: ArchiveChange) => void>();
  return {
    database,
    dictionaries,
    statistics,
    objects: new ObjectIndex(),
    changed: (archiveIds) => {
      if (archiveIds.length > 0) for (const listener of [...listeners]) listener({ archiveIds });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

import { up as tasks0001 } from './0001-tasks';
import { up as readings0002 } from './0002-readings';
import { up as bookmarks0003 } from './0003-bookmarks';
import { up as logs0001 } from './logs-0001';
import { up as postgres0001 } from './postgres-0001';

/** Forward only, in the order of their names; a released one is never changed. */
const TASKS: Record<string, Migration> = {
  '0001-tasks': { up: tasks0001 },
  '0002-readings': { up: readings0002 },
  '0003-bookmarks': { up: bookmarks0003 },
};
const LOGS: Record<string, Migration> = { '0001-logs': { up: logs0001 } };
const POSTGRES: Record<string, Migration> = { '0001-archive': { up: postgres0001 } };

export const migrateTasks = <T>(db: Kysely<T>): Promise<void> => migrate(db, TASKS);
export const migrateLogs = <T>(db: Kysely<T>): Promise<void> => migrate(db, LOGS);
/** Tasks and logs together; instances that start at the same time wait for each other by Kysely's own lock. */
export const migratePostgres = <T>(db: Kysely<T>): Promise<void> => migrate(db, POSTGRES);

async function migrate<T>(db: Kysely<T>, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

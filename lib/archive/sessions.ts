import { epochSeconds } from '@/lib/domain/time';
import type { SessionStore } from './archive';
import type { Engine } from './engine';
import { build, statementOf } from './statement';

/** Sealed sessions, one row each; a session that is saved again replaces itself. */
export function sessionStore(database: Engine): SessionStore {
  const write = async (query: Parameters<typeof statementOf>[0]): Promise<void> => {
    await database.writeAlone(statementOf(query));
  };
  return {
    loadSessions: async () =>
      (await database.reads.selectFrom('session').selectAll().execute()).map((row) => ({
        id: row.id,
        sealed: Uint8Array.from(row.sealed),
        createdAt: epochSeconds(row.created_at),
        seenAt: epochSeconds(row.seen_at),
      })),
    saveSession: ({ id, sealed, createdAt, seenAt }) =>
      write(
        build
          .insertInto('session')
          .values({ id, sealed, created_at: createdAt, seen_at: seenAt })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet({ sealed, created_at: createdAt, seen_at: seenAt }),
          ),
      ),
    touchSession: (id, seenAt) => write(build.updateTable('session').set({ seen_at: seenAt }).where('id', '=', id)),
    deleteSession: (id) => write(build.deleteFrom('session').where('id', '=', id)),
  };
}

import { type OperationNodeSource, sql } from 'kysely';
import { epochSeconds } from '@/lib/domain/time';
import type { SealedSession, SessionStore } from './archive';
import type { Core } from './core';
import type { ArchiveSchema } from './schema';
import { build, statementOf } from './statement';

/** Sealed sessions, one row each; what one instance does to a session the others are told. */
export function sessionStore({ database, signals }: Pick<Core, 'database' | 'signals'>): SessionStore {
  const write = (query: OperationNodeSource): Promise<number> => database.writeAlone(statementOf(query));
  /** Others hear of it when, and only when, it was done; the number is that of the rows it touched. */
  const tell = (id: string, query: OperationNodeSource): Promise<number> =>
    write(signals ? sql`with done as (${query} returning 1) ${signals.signal('session', id)} from done` : query);
  return {
    loadSessions: async () => (await database.reads.selectFrom('session').selectAll().execute()).map(toSession),
    findSession: async (id) => {
      const [row] = await database.reads.selectFrom('session').selectAll().where('id', '=', id).execute();
      return row && toSession(row);
    },
    saveSession: async ({ id, sealed, createdAt, seenAt }, how) => {
      const values = { sealed, created_at: createdAt, seen_at: seenAt };
      const query =
        how === 'new'
          ? build
              .insertInto('session')
              .values({ id, ...values })
              .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          : build
              .updateTable('session')
              .set({ sealed, seen_at: latest(seenAt) })
              .where('id', '=', id);
      return (await tell(id, query)) === 1;
    },
    touchSession: async (id, seenAt) => {
      await write(
        build
          .updateTable('session')
          .set({ seen_at: latest(seenAt) })
          .where('id', '=', id),
      );
    },
    deleteSession: async (id) => {
      await tell(id, build.deleteFrom('session').where('id', '=', id));
    },
    onSession: (listener) => signals?.hear('session', (id) => listener(id === '' ? null : id)) ?? (() => {}),
  };
}

/** Of several instances that a session is used on the last use counts. */
const latest = (seenAt: number) => sql<number>`case when seen_at > ${seenAt} then seen_at else ${seenAt} end`;

const toSession = (row: ArchiveSchema['session']): SealedSession => ({
  id: row.id,
  sealed: Uint8Array.from(row.sealed),
  createdAt: epochSeconds(row.created_at),
  seenAt: epochSeconds(row.seen_at),
});

import { type RawBuilder, sql } from 'kysely';
import type { Bookmark, Owner, SearchStore } from './archive';
import type { BookmarkTable } from './schema';
import type { Database } from './sqlite/database';
import { build, statementOf } from './sqlite/statement';

const owned = (owners: readonly Owner[]): RawBuilder<boolean> =>
  owners.length === 0
    ? sql<boolean>`1 = 0`
    : sql<boolean>`(${sql.join(
        owners.map(({ cluster, user }) => sql`(${sql.ref('cluster')} = ${cluster} and ${sql.ref('user')} = ${user})`),
        sql` or `,
      )})`;

/** What people keep of their searches, as rows of their owners; who that is the caller knows. */
export function searchStore(database: Database): SearchStore {
  type Query = Parameters<typeof statementOf>[0];
  const { reads } = database;
  const write = (...queries: Query[]) =>
    database.exclusively(() => database.write(queries.map((query) => statementOf(query))));
  return {
    bookmarks: async (owners) => {
      if (owners.length === 0) return [];
      const clusters = owners.map(({ cluster }) => cluster);
      const rows = await reads
        .selectFrom('bookmark')
        .selectAll()
        .where((eb) => eb.or([owned(owners), eb.and([eb('public', '=', 1), eb('cluster', 'in', clusters)])]))
        .orderBy('name')
        .orderBy('id')
        .execute();
      const all = rows.map(toBookmark);
      const isOwn = ({ owner }: Bookmark) => owners.some((one) => isSame(one, owner));
      return [...all.filter(isOwn), ...all.filter((one) => !isOwn(one))];
    },
    addBookmark: async ({ id, owner, name, search, order, isPublic }) => {
      const row = { id, ...owner, name, search, sort: order, public: isPublic ? 1 : 0 };
      const insert = build.insertInto('bookmark').values(row);
      const [done] = await write(
        insert.onConflict((conflict) => conflict.columns(['cluster', 'user', 'name']).doNothing()),
      );
      return done?.changes === 1;
    },
    deleteBookmark: async (id) => {
      await write(build.deleteFrom('bookmark').where('id', '=', id));
    },
    droppedStock: async (owners) => {
      const rows = await reads.selectFrom('stock_dropped').select('name').distinct().where(owned(owners)).execute();
      return rows.map(({ name }) => name);
    },
    dropStock: async (owners, name) => {
      await write(
        ...owners.map((owner) =>
          build
            .insertInto('stock_dropped')
            .values({ ...owner, name })
            .onConflict((conflict) => conflict.columns(['cluster', 'user', 'name']).doNothing()),
        ),
      );
    },
    searchHistory: async (owners, limit) => {
      const latest = sql<number>`max(at)`;
      const rows = await reads
        .selectFrom('search_history')
        .select('search')
        .where(owned(owners))
        .groupBy('search')
        .orderBy(latest, 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ search }) => search);
    },
    noteSearch: async (owner, search, at, keep) => {
      const rows = build.selectFrom('search_history').where(owned([owner]));
      await write(
        build
          .insertInto('search_history')
          .values({ ...owner, search, at })
          .onConflict((conflict) => conflict.columns(['cluster', 'user', 'search']).doUpdateSet({ at })),
        build
          .deleteFrom('search_history')
          .where(owned([owner]))
          .where('search', 'not in', rows.select('search').orderBy('at', 'desc').orderBy('search').limit(keep)),
      );
    },
    forgetSearches: async (owners) => {
      await write(build.deleteFrom('search_history').where(owned(owners)));
    },
  };
}

const isSame = (one: Owner, other: Owner): boolean => one.cluster === other.cluster && one.user === other.user;

const toBookmark = ({ id, cluster, user, name, search, sort, public: isPublic }: BookmarkTable): Bookmark => ({
  ...{ id, owner: { cluster, user }, name, search },
  ...{ order: sort, isPublic: isPublic === 1 },
});

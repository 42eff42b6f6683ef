import { type RawBuilder, sql } from 'kysely';
import type { Bookmark, Owner, SearchStore } from './archive';
import type { Engine } from './engine';
import type { BookmarkTable } from './schema';
import { build, statementOf } from './statement';

const owned = (owners: readonly Owner[]): RawBuilder<boolean> =>
  owners.length === 0
    ? sql<boolean>`1 = 0`
    : sql<boolean>`(${sql.join(
        owners.map(({ cluster, user }) => sql`(${sql.ref('cluster')} = ${cluster} and ${sql.ref('user')} = ${user})`),
        sql` or `,
      )})`;

/** What people keep of their searches, as rows of their owners; who that is the caller knows. */
export function searchStore(database: Engine): SearchStore {
  type Query = Parameters<typeof statementOf>[0];
  const { reads } = database;
  const write = (query: Query) => database.writeAlone(statementOf(query));
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
      const added = await write(
        insert.onConflict((conflict) => conflict.columns(['cluster', 'user', 'name']).doNothing()),
      );
      return added === 1;
    },
    deleteBookmark: async (id) => {
      await write(build.deleteFrom('bookmark').where('id', '=', id));
    },
    droppedStock: async (owners) => {
      const rows = await reads.selectFrom('stock_dropped').select('name').distinct().where(owned(owners)).execute();
      return rows.map(({ name }) => name);
    },
    dropStock: async (owners, name) => {
      if (owners.length === 0) return;
      await write(
        build
          .insertInto('stock_dropped')
          .values(owners.map((owner) => ({ ...owner, name })))
          .onConflict((conflict) => conflict.columns(['cluster', 'user', 'name']).doNothing()),
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
      const forget = build.deleteFrom('search_history').where(owned([owner]));
      const latest = rows.select('search').orderBy('at', 'desc').orderBy('search').limit(keep);
      const statements = [
        forget.where('search', '=', search),
        build.insertInto('search_history').values({ ...owner, search, at }),
        forget.where('search', 'not in', latest),
      ];
      await database.exclusively(() => database.write(statements.map((query) => statementOf(query))));
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

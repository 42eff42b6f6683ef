import { sql } from 'kysely';
import { epochSeconds } from '@/lib/domain/time';
import type { Gap, Unfinished } from './archive';
import type { Core } from './core';
import type { Sql } from './dialect';
import { PER_SECOND, type TaskTable } from './schema';
import { build, statementOf } from './statement';
import { upidOf } from './to-task';

/** Tasks of a cluster that have not ended, those of a node that went away included. */
export const runningTasks = (core: Core, cluster: string): Promise<Unfinished[]> =>
  select(core, () => sql`${core.database.dialect.task('task_open')} where dur is null and ${nodesOf(core, cluster)}`);

/** Ended tasks whose log is still to be fetched, newest end first; of one node when it is named. */
export const missingLogs = (core: Core, cluster: string, limit: number, listedBy?: string): Promise<Unfinished[]> =>
  select(core, () => sql`${withoutLog(core, cluster, listedBy)} order by ${end} desc, id desc limit ${limit}`);

export async function countMissingLogs(core: Core, cluster: string, listedBy?: string): Promise<number> {
  await core.catchUp();
  const query = sql`select count(*) as n from ${withoutLog(core, cluster, listedBy)}`;
  const [row] = await core.database.readRows<{ n: number }>(statementOf(query));
  return row?.n ?? 0;
}

const end = sql`(id / ${sql.lit(PER_SECOND)} + dur)`;

// The literals are the partial index's own.
const withoutLog = (core: Core, cluster: string, listedBy?: string): Sql =>
  sql`${core.database.dialect.task('task_no_log')} where log_state = 0 and dur is not null
    and ${nodesOf(core, cluster, listedBy)}`;

/** The cluster's nodes, or those that one of them lists: a renamed node also lists tasks under its former name. */
function nodesOf({ dictionaries }: Core, cluster: string, listedBy?: string): Sql {
  const nodes = [...dictionaries.node.entries].filter(
    (node) => node.cluster === cluster && (listedBy === undefined || node.listedBy === listedBy),
  );
  return sql`node_id in (${nodes.length === 0 ? sql`null` : sql.join(nodes.map((node) => node.id))})`;
}

async function select(core: Core, from: () => Sql): Promise<Unfinished[]> {
  await core.catchUp(); // which nodes there are is known to the memory
  const rows = await core.database.readRows<TaskTable>(statementOf(sql`select * from ${from()}`));
  return rows.map((row) => {
    const node = core.dictionaries.node.get(row.node_id);
    return {
      ref: { cluster: node?.cluster ?? '', upid: upidOf(row, core.dictionaries) },
      archiveId: row.id,
      listedBy: node?.listedBy ?? '',
      startedAt: epochSeconds(row.id / PER_SECOND),
    };
  });
}

/** Keeps a gap; one that begins at the same second is only ever made longer. */
export async function saveGap({ database }: Core, { cluster, node, from, to }: Gap): Promise<void> {
  const query = build
    .insertInto('gap')
    .values({ cluster, node, from_s: from, to_s: to })
    .onConflict((conflict) =>
      conflict
        .columns(['cluster', 'node', 'from_s'])
        .doUpdateSet({ to_s: sql`case when gap.to_s < excluded.to_s then excluded.to_s else gap.to_s end` }),
    );
  await database.writeAlone(statementOf(query));
}

export async function gaps({ database }: Core, cluster: string): Promise<Gap[]> {
  const rows = await database.reads
    .selectFrom('gap')
    .selectAll()
    .where('cluster', '=', cluster)
    .orderBy('from_s')
    .orderBy('node')
    .execute();
  return rows.map((row) => ({
    cluster: row.cluster,
    node: row.node,
    from: epochSeconds(row.from_s),
    to: epochSeconds(row.to_s),
  }));
}

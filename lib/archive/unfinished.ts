import { sql } from 'kysely';
import { epochSeconds } from '@/lib/domain/time';
import type { Gap, Unfinished } from './archive';
import type { Core } from './core';
import { PER_SECOND, type TaskTable } from './schema';
import type { Sql } from './search/expressions';
import { build, statementOf } from './sqlite/statement';
import { upidOf } from './to-task';

/** Tasks of a cluster that have not ended, those of a node that went away included. */
export const runningTasks = (core: Core, cluster: string): Promise<Unfinished[]> =>
  select(core, nodesOf(core, cluster), (nodes) => sql`task indexed by task_open where dur is null and ${nodes}`);

/** Ended tasks whose log is still to be fetched, newest end first; of one node when it is named. */
export const missingLogs = (core: Core, cluster: string, limit: number, listedBy?: string): Promise<Unfinished[]> =>
  select(
    core,
    nodesOf(core, cluster, listedBy),
    (nodes) => sql`${withoutLog(nodes)} order by ${end} desc, id desc limit ${limit}`,
  );

export async function countMissingLogs(core: Core, cluster: string, listedBy?: string): Promise<number> {
  const query = sql`select count(*) as n from ${withoutLog(nodesOf(core, cluster, listedBy))}`;
  const [row] = await core.database.readRows<{ n: number }>(statementOf(query));
  return row?.n ?? 0;
}

const end = sql`(id / ${sql.lit(PER_SECOND)} + dur)`;

// The literals are the partial index's own.
const withoutLog = (nodes: Sql): Sql =>
  sql`task indexed by task_no_log where log_state = 0 and dur is not null and ${nodes}`;

/** The cluster's nodes, or those that one of them lists: a renamed node also lists tasks under its former name. */
function nodesOf({ dictionaries }: Core, cluster: string, listedBy?: string): Sql {
  const nodes = [...dictionaries.node.entries].filter(
    (node) => node.cluster === cluster && (listedBy === undefined || node.listedBy === listedBy),
  );
  return sql`node_id in (${nodes.length === 0 ? sql`null` : sql.join(nodes.map((node) => node.id))})`;
}

async function select(core: Core, nodes: Sql, from: (nodes: Sql) => Sql): Promise<Unfinished[]> {
  const rows = await core.database.readRows<TaskTable>(statementOf(sql`select * from ${from(nodes)}`));
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
        .doUpdateSet({ to_s: (eb) => eb.fn<number>('max', ['gap.to_s', 'excluded.to_s']) }),
    );
  await database.exclusively(() => database.write([statementOf(query)]));
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

import { sql } from 'kysely';
import type { StoredLog, Task, TaskRef } from '@/lib/domain/task';
import { parseUpid } from '@/lib/domain/upid';
import type { Viewer } from '@/lib/domain/visibility';
import type { Core } from './core';
import type { Sql } from './dialect';
import { type Guard, guardOf } from './guard';
import { storedLogs } from './logs/stored-logs';
import { PER_SECOND } from './schema';
import { emit } from './search/emit';
import { statementOf } from './statement';
import { type TaskRow, toTask, upidOf } from './to-task';

const COLUMNS = sql`task.*, more.parent, more.stop_asked, more.stop_asked_by`;
const FROM = sql`task left join task_more as more on more.task_id = task.id`;

/** Rows as tasks, each with what is kept of its log. */
export async function toTasks(core: Core, guard: Guard, rows: readonly TaskRow[]): Promise<Task[]> {
  const logs = await storedLogs(core.database, rows);
  return rows.map((row) => toTask(row, core.dictionaries, guard, logs.get(row.id) ?? null));
}

export async function getTask(core: Core, viewer: Viewer, ref: TaskRef): Promise<Task | undefined> {
  const found = await findVisible(core, viewer, ref);
  return found && toTask(found.row, core.dictionaries, found.guard, found.log);
}

/** Those of the ids that the viewer may see, newest first. */
export async function getTasks(core: Core, viewer: Viewer, archiveIds: readonly number[]): Promise<Task[]> {
  if (archiveIds.length === 0) return [];
  const guard = guardOf(core.dictionaries, viewer);
  return toTasks(
    core,
    guard,
    await selectVisible(core, guard, core.database.dialect.isOneOf(sql`task.id`, archiveIds)),
  );
}

/** The row of a task and what is kept of its log, when this viewer may see it. */
export async function findVisible(
  core: Core,
  viewer: Viewer,
  ref: TaskRef,
): Promise<(Guarded & { log: StoredLog | null }) | undefined> {
  const found = await findGuarded(core, viewer, ref);
  if (found) return withLog(core, found);
  await core.catchUp(); // another instance may have told of it before this one knows its node
  const late = await findGuarded(core, viewer, ref);
  return late && withLog(core, late);
}

type Guarded = { row: TaskRow; guard: Guard };

async function findGuarded(core: Core, viewer: Viewer, ref: TaskRef): Promise<Guarded | undefined> {
  const guard = guardOf(core.dictionaries, viewer);
  const row = await findRow(core, ref, (which) => selectVisible(core, guard, which));
  return row && { row, guard };
}

async function withLog(core: Core, { row, guard }: Guarded): Promise<Guarded & { log: StoredLog | null }> {
  return { row, guard, log: (await storedLogs(core.database, [row])).get(row.id) ?? null };
}

/** The row of a task for the collector, which acts for nobody and shows nothing. */
export const findAny = (core: Core, ref: TaskRef): Promise<TaskRow | undefined> =>
  findRow(core, ref, (which) => select(core, which));

/** A UPID names its second; the few rows of it are compared by their whole text. */
async function findRow(
  core: Core,
  ref: TaskRef,
  read: (which: Sql) => Promise<TaskRow[]>,
): Promise<TaskRow | undefined> {
  const parsed = parseUpid(ref.upid);
  if (!parsed) return undefined;
  const from = parsed.startTime * PER_SECOND;
  const rows = await read(sql`task.id >= ${from} and task.id < ${from + PER_SECOND} and task.pid = ${parsed.pid}`);
  return rows.find(
    (row) =>
      core.dictionaries.node.get(row.node_id)?.cluster === ref.cluster &&
      upidOf(row, core.dictionaries) === parsed.text,
  );
}

const selectVisible = (core: Core, guard: Guard, which: Sql): Promise<TaskRow[]> =>
  guard.condition.kind === 'false'
    ? Promise.resolve([])
    : select(core, sql`${which} and ${emit(guard.condition, core.database.dialect)}`);

function select(core: Core, which: Sql): Promise<TaskRow[]> {
  const query = sql<TaskRow>`select ${COLUMNS} from ${FROM} where ${which} order by task.id desc`;
  return core.database.readRows<TaskRow>(statementOf(query));
}

import { sql } from 'kysely';
import { AppError } from '@/lib/domain/errors';
import type { TaskRef } from '@/lib/domain/task';
import { resultOf } from '@/lib/domain/task-result';
import type { EpochSeconds } from '@/lib/domain/time';
import type { Core } from './core';
import type { NewEntries } from './dictionaries';
import type { Statement } from './engine';
import { findAny } from './read-tasks';
import { LOG_LOST, LOG_MISSING, resultCode, stateCode } from './schema';
import { build, statementOf } from './statement';
import type { TaskRow } from './to-task';

/** Running tasks that a node's list named become unknown when it goes away, and running again when it is back. */
export async function markNode(
  core: Core,
  cluster: string,
  listedBy: string,
  state: 'running' | 'unknown',
): Promise<void> {
  await core.exclusively(async () => {
    const nodes = [...core.dictionaries.node.entries].filter((n) => n.cluster === cluster && n.listedBy === listedBy);
    if (nodes.length === 0) return;
    const query = sql`select id from ${core.database.dialect.task('task_open')} where task.dur is null
      and node_id in (${sql.join(nodes.map((node) => node.id))})
      and state = ${stateCode(state === 'unknown' ? 'running' : 'unknown')}`;
    const rows = await core.database.readRows<{ id: number }>(statementOf(query));
    if (rows.length === 0) return;
    const update = core.database.dialect.updateTasks(
      ['state'],
      rows.map((row) => [stateCode(state), row.id]),
    );
    await core.commit(update, { tasks: rows.map((row) => row.id) });
  });
}

// What is read in place of a final line when the line is not there yet (api-contract 4.5).
const READ_TOO_EARLY =
  /^(?:unexpected status|unknown|unable to (?:get|extract) last line.*|unable to (?:open|read) .*|)$/;

/**
 * Corrects an end that was read too early (product rule 12). Once: only a status that is no final line is corrected, and
 * what it becomes is one. Throws `not_found` for a task that is not kept.
 */
export async function correctEnd(core: Core, ref: TaskRef, status: string): Promise<void> {
  await changeOne(core, ref, (row) => {
    const before = row.exit_id === null ? undefined : core.dictionaries.exit.get(row.exit_id)?.text;
    if (before === undefined || !READ_TOO_EARLY.test(before) || READ_TOO_EARLY.test(status)) return undefined;
    const draft = core.dictionaries.draft();
    const exit_id = draft.exit.idOf({ text: status });
    const result = resultCode(resultOf(status, row.stop_asked !== null));
    const update = build.updateTable('task').set({ exit_id, result }).where('id', '=', row.id);
    const statements = [...draft.statements(core.database.dialect), statementOf(update)];
    return { statements, entries: draft.entries() };
  });
}

/** Notes that a person asked to stop the task, which explains a bad end that was seen before or comes later. */
export async function noteStop(core: Core, ref: TaskRef, at: EpochSeconds, by: string): Promise<void> {
  await changeOne(core, ref, (row) => {
    if (row.stop_asked !== null) return undefined; // the first one stands
    const more = build
      .insertInto('task_more')
      .values({ task_id: row.id, stop_asked: at, stop_asked_by: by, parent: null, run_id: null, pinned: null })
      .onConflict((conflict) => conflict.column('task_id').doUpdateSet({ stop_asked: at, stop_asked_by: by }));
    const status = row.exit_id === null ? undefined : core.dictionaries.exit.get(row.exit_id)?.text;
    if (row.dur === null || status === undefined) return { statements: [statementOf(more)] };
    const result = resultCode(resultOf(status, true));
    const explained = build.updateTable('task').set({ result }).where('id', '=', row.id);
    return { statements: [statementOf(more), statementOf(explained)] };
  });
}

export async function markLogLost(core: Core, ref: TaskRef): Promise<void> {
  await changeOne(core, ref, (row) => {
    if (row.log_state !== LOG_MISSING) return undefined;
    return { statements: [statementOf(setLogState(row.id, LOG_LOST))] };
  });
}

export const setLogState = (id: number, state: number) =>
  build.updateTable('task').set({ log_state: state }).where('id', '=', id);

type Wanted = { statements: Statement[]; entries?: NewEntries };

async function changeOne(core: Core, ref: TaskRef, change: (row: TaskRow) => Wanted | undefined): Promise<void> {
  await core.exclusively(async () => {
    const row = await findAny(core, ref);
    if (!row) throw new AppError('not_found', 'There is no such task.');
    const wanted = change(row);
    if (!wanted) return;
    await core.commit(wanted.statements, { tasks: [row.id], entries: wanted.entries ?? {} });
  });
}

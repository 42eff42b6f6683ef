import { sql } from 'kysely';
import { vmidOf } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import { resultOf } from '@/lib/domain/task-result';
import { formatUpid } from '@/lib/domain/upid';
import type { SaveAnswer, SaveTasks } from './archive';
import type { Core } from './core';
import { actorEntry, isUnknownGuest, labelEntry } from './dictionaries';
import type { SqlValue, Statement } from './engine';
import { LOG_MISSING, PER_SECOND, resultCode, stateCode, type TaskTable } from './schema';
import { statementOf } from './statement';
import { Statistics } from './statistics';

const BATCH = 1000; // larger transactions stop the readers' checkpoints

/** Brings a node's list into the archive; see the port. */
export async function saveTasks(core: Core, save: SaveTasks): Promise<SaveAnswer> {
  const answer: SaveAnswer = { added: 0, ended: 0, metKnownEnd: false, first: !knowsNode(core, save) };
  for (let from = 0; from < save.tasks.length; from += BATCH) {
    const batch = { ...save, tasks: save.tasks.slice(from, from + BATCH) };
    const saved = await core.exclusively(() => saveBatch(core, batch));
    answer.added += saved.added;
    answer.ended += saved.ended;
    answer.metKnownEnd ||= saved.metKnownEnd;
  }
  return answer;
}

function knowsNode({ dictionaries }: Core, { cluster, listedBy }: SaveTasks): boolean {
  for (const node of dictionaries.node.entries) if (node.cluster === cluster && node.listedBy === listedBy) return true;
  return false;
}

type KnownRow = Pick<TaskTable, 'id' | 'node_id' | 'pid' | 'pstart' | 'dur' | 'guest_id' | 'exit_id'> & {
  stop_asked: number | null;
};
type Known = { rows: Map<string, KnownRow>; gone: Set<string>; nextN: Map<number, number> };

const keyOf = ({ upid }: SeenTask): string => `${upid.node}:${upid.pid}:${upid.pstart}:${upid.startTime}`;

/** Reads every row of the seconds in which these tasks started: what is known of them, and which numbers are free. */
async function probe({ database, dictionaries }: Core, cluster: string, tasks: readonly SeenTask[]): Promise<Known> {
  const seconds = [...new Set(tasks.map((task) => task.upid.startTime))];
  const range = (table: 'task' | 'task_gone') => database.dialect.ofSeconds(table, seconds);
  const [kept, gone] = await database.read([
    statementOf(sql`select task.id, node_id, pid, pstart, dur, guest_id, exit_id, stop_asked from ${range('task')}
      left join task_more on task_more.task_id = task.id`),
    statementOf(sql`select task_gone.id, node_id, pid, pstart from ${range('task_gone')}`),
  ]);
  const known: Known = { rows: new Map(), gone: new Set(), nextN: new Map() };
  // The statements above select exactly these columns.
  const rows = [...(kept?.rows ?? []), ...(gone?.rows ?? [])] as unknown as KnownRow[];
  for (const [at, row] of rows.entries()) {
    const second = Math.floor(row.id / PER_SECOND);
    known.nextN.set(second, Math.max(known.nextN.get(second) ?? 0, (row.id % PER_SECOND) + 1));
    const node = dictionaries.node.get(row.node_id);
    if (node?.cluster !== cluster) continue;
    const key = `${node.name}:${row.pid}:${row.pstart}:${second}`;
    if (at < (kept?.rows.length ?? 0)) known.rows.set(key, row);
    else known.gone.add(key);
  }
  return known;
}

const COLUMNS = ['id', 'node_id', 'label_id', 'actor_id', 'state', 'result', 'dur', 'guest_id', 'object', 'exit_id'];
COLUMNS.push('pid', 'pstart', 'upid', 'log_state');

async function saveBatch(core: Core, save: SaveTasks): Promise<Omit<SaveAnswer, 'first'>> {
  const known = await probe(core, save.cluster, save.tasks);
  const draft = core.dictionaries.draft();
  const inserts: SqlValue[][] = [];
  const ends: SqlValue[][] = [];
  const places: SqlValue[][] = [];
  const changed: number[] = [];
  const objects = new Map<string, readonly [number, string]>();
  const statistics = new Statistics(); // what this transaction adds
  let metKnownEnd = false;

  const endOf = (task: SeenTask, stopAsked: boolean) =>
    task.end && {
      result: resultCode(resultOf(task.end.status, stopAsked)),
      dur: task.end.time - task.upid.startTime,
      exit: draft.exit.idOf({ text: task.end.status }),
    };
  const nodeOf = ({ upid }: SeenTask): number =>
    draft.node.idOf({ cluster: save.cluster, name: upid.node, listedBy: save.listedBy });
  const guestOf = ({ upid }: SeenTask): number | null => {
    const vmid = vmidOf(upid.type, upid.id);
    if (vmid === null) return null;
    const guest = save.guests.get(vmid) ?? { vmid, type: null, name: null, tags: [], pool: null };
    return draft.guest.idOf({ ...guest, vmid, cluster: save.cluster });
  };

  const add = (task: SeenTask): void => {
    const { upid } = task;
    const n = known.nextN.get(upid.startTime) ?? 0;
    known.nextN.set(upid.startTime, n + 1);
    const id = upid.startTime * PER_SECOND + n;
    const end = endOf(task, false);
    const label = draft.label.idOf(labelEntry(upid.type));
    const counted = {
      node_id: nodeOf(task),
      label_id: label,
      actor_id: draft.actor.idOf(actorEntry(upid.user, upid.token ?? null)),
      guest_id: guestOf(task),
    };
    const result = end ? end.result : resultCode('pending');
    const printed = formatUpid({ ...upid, comment: '' });
    inserts.push([
      id,
      counted.node_id,
      label,
      counted.actor_id,
      stateCode(end ? 'stopped' : 'running'),
      result,
      end?.dur ?? null,
      counted.guest_id,
      upid.id,
      end?.exit ?? null,
      upid.pid,
      upid.pstart,
      upid.text === printed ? null : upid.text,
      LOG_MISSING,
    ]);
    if (!core.objects.has(label, upid.id)) objects.set(`${label} ${upid.id}`, [label, upid.id]);
    statistics.add(counted, 1);
    statistics.ends(null, end);
    changed.push(id);
  };

  const update = (task: SeenTask, row: KnownRow): void => {
    metKnownEnd ||= row.dur !== null && task.end !== undefined;
    const end = row.dur === null ? endOf(task, row.stop_asked !== null) : undefined;
    if (end) {
      ends.push([stateCode('stopped'), end.result, end.dur, end.exit, row.id]);
      statistics.ends({ dur: null }, end);
    }
    const node_id = nodeOf(task); // another one when its node was renamed
    const learnt = row.guest_id !== null && isUnknownGuest(core.dictionaries.guest.get(row.guest_id));
    const guest_id = learnt ? guestOf(task) : row.guest_id;
    if (node_id !== row.node_id || guest_id !== row.guest_id) {
      places.push([node_id, guest_id, row.id]);
      statistics.add({ node_id: row.node_id, guest_id: row.guest_id }, -1);
      statistics.add({ node_id, guest_id }, 1);
    }
    if (end || node_id !== row.node_id || guest_id !== row.guest_id) changed.push(row.id);
  };

  for (const task of inFixedOrder(save.tasks)) {
    const key = keyOf(task);
    const row = known.rows.get(key);
    if (row) update(task, row);
    else if (!known.gone.has(key)) add(task);
  }
  const { dialect } = core.database;
  const statements: Statement[] = [
    ...draft.statements(dialect),
    ...dialect.insertRows('task', COLUMNS, inserts),
    ...dialect.updateTasks(['state', 'result', 'dur', 'exit_id'], ends),
    ...dialect.updateTasks(['node_id', 'guest_id'], places),
  ];
  if (statements.length > 0) {
    const entries = draft.entries();
    await core.commit(statements, {
      tasks: changed,
      entries,
      statistics: statistics.change(),
      objects: [...objects.values()],
    });
  }
  return { added: inserts.length, ended: ends.length, metKnownEnd };
}

/**
 * Each task once, its end preferred. Within one second the last UPID gets the lowest number, so that a list, newest
 * first, shows tasks of one second in the order of their UPIDs when they were saved together.
 */
function inFixedOrder(tasks: readonly SeenTask[]): SeenTask[] {
  const once = new Map<string, SeenTask>();
  for (const task of tasks) {
    const key = keyOf(task);
    if (!once.get(key)?.end) once.set(key, task);
  }
  return [...once.values()].sort((a, b) => a.upid.startTime - b.upid.startTime || (a.upid.text < b.upid.text ? 1 : -1));
}

import type { Guest } from '@/lib/domain/guest';
import type { StoredLog, Task } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import { formatUpid } from '@/lib/domain/upid';
import type { Dictionaries } from './dictionaries';
import type { Guard } from './guard';
import { PER_SECOND, RESULT_CODES, STATE_CODES, type TaskTable } from './schema';

/** A row of `task` with what `task_more` adds. */
export type TaskRow = TaskTable & {
  parent: string | null;
  stop_asked: number | null;
  stop_asked_by: string | null;
  sort_key?: string | number | null;
};

/** A row has entries that the memory does not know, or did not know when the guard was made: read again. */
export class StaleMemory extends Error {}

/**
 * Of what was counted and not read row by row: throws StaleMemory when nodes or users came before the count and after the
 * guard. Whatever was met is known to the memory then.
 */
export async function assertCurrent(
  { dictionaries, catchUp }: { dictionaries: Dictionaries; catchUp(): Promise<void> },
  guard: Guard,
): Promise<void> {
  await catchUp();
  if (!guard.knows({ node_id: dictionaries.node.lastId, actor_id: dictionaries.actor.lastId })) throw new StaleMemory();
}

/** The UPID that the columns print. Throws StaleMemory. */
export function upidOf(row: TaskTable, dictionaries: Dictionaries): string {
  if (row.upid !== null) return row.upid;
  const node = dictionaries.node.get(row.node_id);
  const actor = dictionaries.actor.get(row.actor_id);
  const label = dictionaries.label.get(row.label_id);
  if (!node || !actor || !label) throw new StaleMemory();
  return formatUpid({
    node: node.name,
    pid: row.pid,
    pstart: row.pstart,
    startTime: epochSeconds(row.id / PER_SECOND),
    type: label.label,
    id: row.object ?? '',
    user: actor.user,
    ...(actor.token ? { token: actor.token } : {}),
    comment: '',
  });
}

/**
 * A row as one viewer may see it: the name, tags and pool of a guest that is not theirs are left out. Throws StaleMemory:
 * a guard says nothing of nodes and users that came after it.
 */
export function toTask(row: TaskRow, dictionaries: Dictionaries, guard: Guard, log: StoredLog | null): Task {
  const node = dictionaries.node.get(row.node_id);
  const actor = dictionaries.actor.get(row.actor_id);
  const label = dictionaries.label.get(row.label_id);
  if (!node || !actor || !label || !guard.knows(row)) throw new StaleMemory();
  const guest = row.guest_id === null ? undefined : dictionaries.guest.get(row.guest_id);
  const startedAt = epochSeconds(row.id / PER_SECOND);
  const endStatus = row.exit_id === null ? undefined : dictionaries.exit.get(row.exit_id);
  if ((row.guest_id !== null && !guest) || (row.exit_id !== null && !endStatus)) throw new StaleMemory();
  return {
    archiveId: row.id,
    cluster: node.cluster,
    upid: upidOf(row, dictionaries),
    node: node.name,
    listedBy: node.listedBy,
    pid: row.pid,
    pstart: row.pstart,
    label: label.label,
    object: row.object ?? '',
    user: actor.user,
    token: actor.token,
    startedAt,
    endedAt: row.dur === null ? null : epochSeconds(startedAt + row.dur),
    state: STATE_CODES[row.state] ?? 'unknown',
    result: RESULT_CODES[row.result] ?? 'unknown',
    exitStatus: row.dur === null ? null : (endStatus?.text ?? ''),
    vmid: guest?.vmid ?? null,
    guest: guest ? shownGuest(guest, guard) : null,
    parent: row.parent,
    log,
    stopAsked: row.stop_asked === null ? null : { at: epochSeconds(row.stop_asked), by: row.stop_asked_by ?? '' },
  };
}

/** Null when nothing but its number is known of the guest, or may be told (product rule 2: the VMID alone). */
function shownGuest(guest: Guest & { cluster: string }, guard: Guard): Guest | null {
  const { vmid, type, name, tags, pool } = guest;
  if (!guard.seesGuest(guest) || (type === null && name === null)) return null;
  return { vmid, type, name, tags, pool };
}

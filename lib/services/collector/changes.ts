import type { SeenTask } from '@/lib/domain/task';

/** What the last answer of `cluster/tasks` named, per node: UPIDs with a mark for their end. Some 25 for each node. */
export type Heard = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

/**
 * What an answer of `cluster/tasks` says that the one before did not, per node: tasks that are new or have ended since.
 * A node with a running task that is no longer named is there too, with nothing new: more tasks ended than the list
 * holds. Tasks that ended and are pushed out by later ones say nothing (api-contract 4.2).
 */
export function changesOf(
  before: Heard,
  tasks: readonly SeenTask[],
): { heard: Heard; changed: Map<string, SeenTask[]> } {
  const heard = new Map<string, Map<string, boolean>>();
  const changed = new Map<string, SeenTask[]>();
  for (const task of tasks) {
    const { node, text } = task.upid;
    const ended = task.end !== undefined;
    at(heard, node, () => new Map<string, boolean>()).set(text, ended);
    if (before.get(node)?.get(text) !== ended) at(changed, node, (): SeenTask[] => []).push(task);
  }
  for (const [node, known] of before) {
    const now = heard.get(node);
    for (const [upid, ended] of known) if (!ended && !now?.has(upid)) at(changed, node, (): SeenTask[] => []);
  }
  return { heard, changed };
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

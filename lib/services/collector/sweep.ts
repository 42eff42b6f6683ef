import type { CollectorStore, Gap } from '@/lib/archive/archive';
import type { Guest } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import { type EpochSeconds, epochSeconds } from '@/lib/domain/time';
import type { ClusterReads } from './reads';

// A node keeps some 600 to 1400 ended tasks; 500 cost it what 50 do. Never by offset: rows shift while tasks end.
const RECENT = 500;
const ALL = 5_000;
// What a restart needs to see that two readings touch; more than one, as ends of one moment are in no fixed order.
const NEWEST = 64;
// A node renames its index past this many bytes and drops the one before, so a list below it has dropped nothing.
const INDEX_BYTES = 50_000;

/**
 * What a node's list named when it was last read, by UPID. A later reading that meets one of its ends has missed nothing
 * in between, and need not be kept again as far as it is the same.
 */
export type Reading = { at: EpochSeconds; ended: ReadonlySet<string>; running: ReadonlySet<string> };

export type SweepInput = {
  cluster: string;
  node: string;
  /** The reading before, in this process; undefined: the archive has the one of the process before. */
  last: Reading | undefined;
  /** Everything the node still lists, as at the start and after it was away. */
  full: boolean;
  /** Heard of by `cluster/tasks` and to be kept even if this list does not name them. */
  heard: readonly SeenTask[];
  guestsFor(tasks: readonly SeenTask[]): Promise<ReadonlyMap<number, Guest>>;
  now: EpochSeconds;
};

export type Sweep = { tasks: SeenTask[]; reading: Reading; gap: Gap | null };

/**
 * Brings a node's list into the archive; safe to repeat. Reads 500 rows, and all of them when none of those is an ended
 * task that was known; a gap when even then none is (product rule 13). A failure leaves the archive as it was.
 */
export async function sweepNode(
  reads: Pick<ClusterReads, 'nodeTasks'>,
  store: CollectorStore,
  input: SweepInput,
  signal: AbortSignal,
): Promise<Sweep> {
  const { cluster, node, now } = input;
  const last = input.last ?? (await storedReading(store, cluster, node));
  const touches = (list: readonly SeenTask[]) => list.some((task) => task.end && last?.ended.has(task.upid.text));
  let list = await reads.nodeTasks(node, input.full ? ALL : RECENT, signal);
  if (!touches(list) && !input.full && list.length >= RECENT) list = await reads.nodeTasks(node, ALL, signal);
  const gap = last && !touches(list) ? gapSince(last, list, input) : null;
  const named = new Set(list.map((task) => task.upid.text));
  const tasks = [...list, ...input.heard.filter((task) => !named.has(task.upid.text))];
  const news = input.full || !last ? tasks : tasks.filter((task) => !isKnown(last, task));
  // The oldest end first: a sweep that is cut short then leaves no hole below what it kept.
  const save = { cluster, listedBy: node, tasks: news.toReversed(), guests: await input.guestsFor(news) };
  if (news.length > 0) await store.saveTasks(save);
  if (gap) await store.saveGap(gap);
  const reading = readingOf(list, last, now);
  // Behind what it stands for: killed in between, the next sweep looks further back than it must.
  const newest = [...reading.ended].slice(0, NEWEST);
  if (input.full || news.length > 0) await store.saveReading(cluster, node, { at: now, newest });
  return { tasks, reading, gap };
}

async function storedReading(store: CollectorStore, cluster: string, node: string): Promise<Reading | undefined> {
  const stored = await store.lastReading(cluster, node);
  return stored && { at: stored.at, ended: new Set(stored.newest), running: new Set() };
}

const isKnown = (last: Reading, { upid, end }: SeenTask): boolean => (end ? last.ended : last.running).has(upid.text);

function readingOf(list: readonly SeenTask[], last: Reading | undefined, now: EpochSeconds): Reading {
  const ended = new Set<string>();
  const running = new Set<string>();
  for (const { upid, end } of list) (end ? ended : running).add(upid.text);
  // A list without any end, as for a token that lost its rights for a while, says nothing about the next one.
  return { at: now, ended: ended.size > 0 ? ended : (last?.ended ?? ended), running };
}

/** The time that a list does not reach back to, when it does not touch the reading before. */
function gapSince(last: Reading, list: readonly SeenTask[], { cluster, node, now }: SweepInput): Gap | null {
  let oldest = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (const { upid, end } of list) {
    if (!end) continue;
    oldest = Math.min(oldest, end.time);
    bytes += upid.text.length + end.status.length + ' 618C1DB9 \n'.length;
  }
  if (oldest === Number.POSITIVE_INFINITY) return null;
  // The node had no ended task then, and what it has since still stands in its first file.
  if (last.ended.size === 0 && bytes < INDEX_BYTES) return null;
  const from = epochSeconds(Math.min(last.at, oldest));
  return { cluster, node, from, to: epochSeconds(Math.min(Math.max(last.at, oldest), now)) };
}

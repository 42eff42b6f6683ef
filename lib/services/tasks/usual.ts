import type { TaskDetail } from '@/lib/contract/task';
import type { BoundQuery } from '@/lib/domain/search/bound';
import type { Task } from '@/lib/domain/task';
import { epochSeconds, isoTime } from '@/lib/domain/time';
import type { Context } from '@/lib/services/context';
import { nowOf } from './answer';

// The latest runs of the same thing; older ones tell of another world. Fewer than three tell nothing.
const SAMPLES = 50;
const FEWEST = 3;

/**
 * How long tasks of the same label and guest (or other object) took that went well, and when a running one would end by that;
 * both null when there is no such history.
 */
export async function usualOf(ctx: Context, task: Task): Promise<Pick<TaskDetail, 'usual' | 'eta'>> {
  const { tasks } = await ctx.archive.searchTasks({
    viewer: ctx.viewer,
    query: alike(task),
    order: { field: 'started_at', descending: true },
    perPage: SAMPLES,
    at: { page: 1 },
    now: nowOf(ctx),
  });
  const seconds = tasks.flatMap(({ startedAt, endedAt, archiveId }) =>
    endedAt === null || archiveId === task.archiveId ? [] : [endedAt - startedAt],
  );
  if (seconds.length < FEWEST) return { usual: null, eta: null };
  seconds.sort((a, b) => a - b);
  const usual = { median: at(seconds, 0.5), p10: at(seconds, 0.1), p90: at(seconds, 0.9), samples: seconds.length };
  if (task.state !== 'running') return { usual, eta: null };
  const ending = (duration: number) => isoTime(epochSeconds(task.startedAt + duration));
  const eta = { p10_at: ending(usual.p10), p50_at: ending(usual.median), p90_at: ending(usual.p90) };
  return { usual, eta: { ...eta, from: 'history' } };
}

function alike({ cluster, label, vmid, object }: Task): BoundQuery {
  const same: BoundQuery =
    vmid === null
      ? object === ''
        ? { kind: 'present', field: 'id', not: true }
        : { kind: 'text', field: 'id', not: false, any: [{ how: 'equal', value: object }] }
      : { kind: 'oneOf', field: 'vmid', not: false, values: [vmid] };
  return {
    kind: 'and',
    of: [
      { kind: 'text', field: 'cluster', not: false, any: [{ how: 'equal', value: cluster }] },
      { kind: 'text', field: 'label', not: false, any: [{ how: 'equal', value: label }] },
      { kind: 'result', not: false, values: ['success', 'warning'] },
      same,
    ],
  };
}

/** The value that this share of the sorted ones does not exceed. */
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? 0;

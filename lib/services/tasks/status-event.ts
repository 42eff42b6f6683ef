import type { TaskEvents } from '@/lib/contract/task-stream';
import { clusterStatuses, statusKey } from '@/lib/services/clusters/statuses';
import type { Collector } from '@/lib/services/collector/collector';
import type { Context } from '@/lib/services/context';

export type StatusEvent = { event: 'status'; data: TaskEvents['status'] };

const FRESH_MS = 1_000;

const made = new WeakMap<Collector, Map<string, { at: number; event: StatusEvent }>>();

/** How the clusters stand; within a second the same object for all who are told the same of them. */
export function statusEvent(ctx: Context): StatusEvent {
  const recent = made.get(ctx.collector) ?? new Map<string, { at: number; event: StatusEvent }>();
  made.set(ctx.collector, recent);
  const now = ctx.now();
  for (const [key, { at }] of recent) if (now - at >= FRESH_MS) recent.delete(key);
  const key = statusKey(ctx);
  const event = recent.get(key)?.event ?? { event: 'status', data: clusterStatuses(ctx) };
  if (!recent.has(key)) recent.set(key, { at: now, event });
  return event;
}

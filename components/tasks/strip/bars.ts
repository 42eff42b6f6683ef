import { hourMinute, shortDay } from '@/lib/client/format-time';
import type { HistogramAnswer } from '@/lib/contract/search';
import type { TaskResult } from '@/lib/domain/task-result';

/** Tasks that started in a stretch of time; milliseconds. */
export type Bar = { from: number; to: number; counts: Partial<Record<TaskResult, number>>; total: number };

/** From the axis up: what failed lines up at a glance, what went well is ground above it. */
export const STACK = ['error', 'partial', 'unknown', 'warning', 'cancelled', 'pending', 'success'] as const;

export const barsOf = ({ bucket_seconds, buckets }: HistogramAnswer): Bar[] =>
  buckets.map(({ start, by_result: counts }, at) => {
    const from = Date.parse(start);
    const next = buckets[at + 1];
    const to = next ? Date.parse(next.start) : from + bucket_seconds * 1000;
    return { from, to, counts, total: Object.values(counts).reduce((sum, one) => sum + one, 0) };
  });

/** `12 tasks, 2 error, 1 warning`. */
export function barText({ counts, total }: Pick<Bar, 'counts' | 'total'>): string {
  const told = STACK.filter((result) => result !== 'success').flatMap((result) => {
    const count = counts[result];
    return count ? [`${count} ${result === 'pending' ? 'running' : result}`] : [];
  });
  return [`${total} ${total === 1 ? 'task' : 'tasks'}`, ...told].join(', ');
}

/** Several bars as one. */
export function together(bars: readonly Bar[]): Bar | undefined {
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return undefined;
  const counts: Bar['counts'] = {};
  for (const bar of bars)
    for (const result of STACK) counts[result] = (counts[result] ?? 0) + (bar.counts[result] ?? 0);
  return { from: first.from, to: last.to, counts, total: bars.reduce((sum, bar) => sum + bar.total, 0) };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TICKS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720].map((minutes) => minutes * 60_000);
const MOST_TICKS = 6;

/** Where times are written below the bars: place in percent and text. None where the ends have theirs. */
export function ticksOf(bars: readonly Bar[], zone: string): { at: number; text: string }[] {
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return [];
  const length = last.to - first.from;
  const every = TICKS_MS.find((step) => length / step <= MOST_TICKS);
  const byDays = Math.max(1, Math.ceil(bars.length / MOST_TICKS));
  const ticks = bars.filter((bar, at) => (every ? isRound(bar.from, every, zone) : at % byDays === 0));
  return ticks
    .map(({ from }) => ({
      at: ((from - first.from) / length) * 100,
      text: every ? hourMinute(from, zone) : shortDay(from, zone),
    }))
    .filter(({ at }) => at > 15 && at < 94);
}

/** Whether the clocks of the zone show a whole multiple of the step. */
function isRound(ms: number, stepMs: number, zone: string): boolean {
  const [hours = 0, minutes = 0] = hourMinute(ms, zone).split(':').map(Number);
  return ((hours * 60 + minutes) * 60_000) % Math.min(stepMs, DAY_MS) === 0;
}

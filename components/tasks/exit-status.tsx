'use client';

import { useTimeText } from '@/components/ui/clock';
import { clockTime } from '@/lib/client/format-time';
import type { TaskAnswer } from '@/lib/contract/task';
import type { TaskResult } from '@/lib/domain/task-result';

const TONE = {
  success: 'text-ink-3',
  warning: 'text-warning',
  cancelled: 'text-ink-2',
  error: 'text-error',
  partial: 'text-partial',
  unknown: 'text-unknown',
  pending: 'text-ink-2',
} satisfies Record<TaskResult, string>;

/** How a task ended, in words. Proxmox's own text wherever it says more than the result does. */
function exitWords(result: TaskResult, exitStatus: string | null): string {
  const text = exitStatus ?? '';
  switch (result) {
    case 'success':
      return 'OK';
    case 'warning': {
      const count = /^WARNINGS: (\d+)$/.exec(text)?.[1];
      if (!count) return text;
      return count === '1' ? '1 warning' : `${count} warnings`;
    }
    case 'cancelled':
      return text === '' ? 'Cancelled' : `Cancelled: ${text}`;
    case 'unknown':
      return 'Ended without a status';
    case 'error':
    case 'partial':
      return text;
    case 'pending':
      return '';
  }
}

type Props = { task: TaskAnswer; lastSeen: number | null };

/** The exit status, or how far a running task is. `lastSeen`: its cluster or node is away, since then nothing is known. */
export function ExitStatus({ task, lastSeen }: Props) {
  if (task.state === 'running' && lastSeen === null) return <Progress share={task.progress} />;
  if (task.state === 'running' || task.state === 'unknown') return <LastSeen ms={lastSeen} />;
  const words = exitWords(task.result, task.exitstatus);
  return (
    <span
      data-value-of="exitstatus"
      tabIndex={-1}
      className={`block truncate ${TONE[task.result]}`}
      title={words.length > 24 ? words : undefined}
    >
      {words}
    </span>
  );
}

function LastSeen({ ms }: { ms: number | null }) {
  const at = useTimeText((now, zone) => (ms === null ? '' : ` at ${clockTime(ms, now, zone)}`));
  return <span className="block truncate text-unknown">Last seen running{at}</span>;
}

/** A bar with its percentage, or one without an end when nobody knows how far it is. */
function Progress({ share }: { share: number | null }) {
  const percent = share === null ? null : Math.floor(share * 100);
  return (
    <span className="flex items-center gap-2 text-12 text-ink-2">
      <span
        role="progressbar"
        aria-label="Progress"
        {...(percent === null ? {} : { 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 })}
        className="relative h-1 min-w-7 flex-1 overflow-hidden rounded-full bg-running-soft"
      >
        {percent === null ? (
          <i className="sliding absolute inset-y-0 left-0 w-[30%] motion-reduce:left-[22%] rounded-full bg-running-fill opacity-80" />
        ) : (
          <i
            className="absolute inset-y-0 left-0 rounded-full bg-running-fill transition-[width] duration-200"
            style={{ width: `${percent}%` }}
          />
        )}
      </span>
      {percent !== null && <span className="whitespace-nowrap">{percent} %</span>}
    </span>
  );
}

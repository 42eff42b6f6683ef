'use client';

import { useTimeText } from '@/components/ui/clock';
import { TimeText } from '@/components/ui/exact-times';
import { durationText, exactTime, msOf } from '@/lib/client/format-time';
import type { TaskAnswer } from '@/lib/contract/task';

type StartedProps = {
  task: TaskAnswer;
  tipId: string;
  /** The tooltip has no room above. */
  below: boolean;
  /** Classes of the line that tells what columns may not show. */
  untold: string;
};

/** When a task started; exact, in the viewer's zone and in UTC, on hover and while its row has the focus. */
export function StartedCell({ task, tipId, below, untold }: StartedProps) {
  const exact = useTimeText((_, zone) => exactTime(msOf(task.started_at), zone));
  return (
    <>
      <TimeText iso={task.started_at} />
      <span
        id={tipId}
        role="tooltip"
        className={`pointer-events-none invisible absolute right-0 z-20 rounded-2 bg-ink px-2.5 py-1.5 text-left text-12 leading-4.5 whitespace-nowrap text-bg group-hover/started:visible group-has-[[data-value-of]:focus-visible]/row:visible ${below ? 'top-full' : 'bottom-[calc(100%-3px)]'}`}
      >
        {exact}
        <span className={`text-bg ${untold}`}>
          {task.label} · {task.cluster} · {task.user}
          {task.token === null ? '' : `!${task.token}`}
        </span>
      </span>
    </>
  );
}

/** How long a task took, or has been running; unknown while nobody can say. */
export function DurationCell({ task, away }: { task: TaskAnswer; away: boolean }) {
  const started = msOf(task.started_at);
  const running = task.state === 'running' && !away;
  const text = useTimeText((now) => {
    if (running) return durationText(Math.max(0, Math.floor((now - started) / 1000)));
    return durationText(task.state === 'stopped' && task.ended_at !== null ? task.duration : null);
  });
  return text;
}

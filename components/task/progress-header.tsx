'use client';

import { useTimeText } from '@/components/ui/clock';
import { durationText, msOf } from '@/lib/client/format-time';
import type { TaskDetail } from '@/lib/contract/task';

/** How far a running task is: the percent its log tells, else a bar without an end. Never invented. */
export function ProgressHeader({ task }: { task: TaskDetail }) {
  const { progress, usual } = task;
  const startedMs = msOf(task.started_at);
  const elapsed = useTimeText((now) => durationText(Math.max((now - startedMs) / 1000, 0)));
  const late = useTimeText((now) => (usual && (now - startedMs) / 1000 > usual.p90 ? 'late' : ''));
  const percent = progress === null ? null : Math.floor(progress * 100);
  const hint = usual
    ? late
      ? 'usually done by now'
      : `usual ${durationText(usual.p10)}–${durationText(usual.p90)}`
    : '';
  return (
    <section
      aria-label="Progress"
      className="mx-5 mb-3 shrink-0 rounded-3 border border-line px-4 pt-3 pb-3.5 max-md:mx-3.5"
    >
      <div className="flex items-baseline gap-3">
        {task.state === 'unknown' ? (
          <span className="text-14 text-ink-2">Last known running; its node does not answer</span>
        ) : percent === null ? (
          <span className="text-14 text-ink-2">Running for {elapsed}</span>
        ) : (
          <>
            <span className="text-26 font-semibold">{percent} %</span>
            <span className="text-ink-2">after {elapsed}</span>
          </>
        )}
        <span className="ml-auto text-ink-2">{hint}</span>
      </div>
      <div
        role="progressbar"
        aria-label="Work done"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
        className="relative mt-2.5 h-2 overflow-hidden rounded-2 bg-running-soft"
      >
        {percent === null ? (
          task.state === 'running' && (
            <i className="sliding absolute inset-y-0 w-[30%] rounded-2 bg-running-fill opacity-70" />
          )
        ) : (
          <i
            className="absolute inset-y-0 left-0 rounded-2 bg-running-fill transition-[width] duration-200"
            style={{ width: `${percent}%` }}
          />
        )}
      </div>
    </section>
  );
}

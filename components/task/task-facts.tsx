'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTimeText } from '@/components/ui/clock';
import { TimeText } from '@/components/ui/exact-times';
import { durationText, exactTime, msOf } from '@/lib/client/format-time';
import { searchHref } from '@/lib/client/list-state';
import type { TaskDetail } from '@/lib/contract/task';

/** The facts one looks for first, in one line that wraps. */
export function TaskFacts({ task, onAll }: { task: TaskDetail; onAll: () => void }) {
  return (
    <div className="flex shrink-0 flex-wrap gap-x-7 gap-y-1 px-5 pt-2 pb-3 text-13 max-md:gap-x-4.5 max-md:px-3.5 max-md:text-[12.5px]">
      <dl className="contents">
        <Fact name="Started">
          <When iso={task.started_at} />
        </Fact>
        {task.ended_at !== null && (
          <Fact name="Ended">
            <When iso={task.ended_at} />
          </Fact>
        )}
        <Fact name="Duration">
          <Duration task={task} />
          {task.usual && (
            <span className="text-ink-3">
              {' '}
              usual {durationText(task.usual.p10)}–{durationText(task.usual.p90)}
            </span>
          )}
        </Fact>
        <Fact name="User">
          <Link className="underlined" href={searchHref(`user = ${task.user}`)}>
            {task.user}
          </Link>
          {task.token !== null && <span className="text-ink-3">!{task.token}</span>}
        </Fact>
        <Fact name="Node">
          <Link className="underlined" href={searchHref(`cluster = ${task.cluster} and node = ${task.node}`)}>
            {task.node}
          </Link>
        </Fact>
        {task.vmid !== null && (
          <Fact name="Guest">
            <Link className="underlined" href={searchHref(`cluster = ${task.cluster} and vmid = ${task.vmid}`)}>
              {task.vmid}
            </Link>
          </Fact>
        )}
      </dl>
      {task.stop_requested && task.ended_at === null && <StopRequested {...task.stop_requested} />}
      <div>
        <button type="button" className="underlined" onClick={onAll}>
          All facts
        </button>{' '}
        <kbd className="max-md:hidden">i</kbd>
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5 whitespace-nowrap">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ iso }: { iso: string }) {
  const title = useTimeText((_now, zone) => exactTime(msOf(iso), zone));
  return (
    <span title={title}>
      <TimeText iso={iso} />
    </span>
  );
}

/** Counts up while the task runs. */
function Duration({ task }: { task: TaskDetail }) {
  const text = useTimeText((now) =>
    durationText(task.ended_at === null ? Math.max((now - msOf(task.started_at)) / 1000, 0) : task.duration),
  );
  return <span>{text}</span>;
}

function StopRequested({ at, by }: { at: string; by: string }) {
  const time = useTimeText((_now, zone) => exactTime(msOf(at), zone));
  return (
    <div className="text-warning" title={time}>
      Stop requested by {by}. Waiting for the worker to end.
    </div>
  );
}

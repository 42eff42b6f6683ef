import type { ReactNode } from 'react';
import { rowKey } from '@/lib/client/live-list';
import type { TaskAnswer } from '@/lib/contract/task';

type Props = {
  tasks: readonly TaskAnswer[];
  /** What stands at the end of a row. */
  told?: (task: TaskAnswer) => ReactNode;
};

/** The tasks that a dialog is about, every one of them. */
export function StopTargets({ tasks, told }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard has to be able to scroll it
    <ul tabIndex={0} aria-label="Tasks" className="mt-3 max-h-52 overflow-y-auto rounded-3 border border-line">
      {tasks.map((task) => (
        <li
          key={rowKey(task)}
          className="flex min-h-7.5 flex-wrap items-center gap-x-2 border-b border-line-soft px-3 py-1 text-12 last:border-0"
        >
          <span className="font-medium">{task.action}</span>
          <span className="min-w-0 flex-1 truncate text-ink-2">{task.guest}</span>
          <span className="text-ink-3">
            {task.node} · {task.cluster}
          </span>
          {told && <span className="w-full">{told(task)}</span>}
        </li>
      ))}
    </ul>
  );
}

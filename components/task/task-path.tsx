import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import { searchHref } from '@/lib/client/list-state';
import type { TaskAnswer } from '@/lib/contract/task';

/** Where one is: the list, the cluster and the node, each a search. */
export function TaskPath({ task }: { task: TaskAnswer }) {
  return (
    <nav aria-label="Path" className="flex h-11 shrink-0 items-center gap-1.5 px-5 text-12 text-ink-3 max-md:px-3.5">
      <Link href="/tasks" className="hover:text-ink">
        Tasks
      </Link>
      <Icon name="right" size={14} />
      <Link href={searchHref(`cluster = ${task.cluster}`)} className="hover:text-ink">
        {task.cluster}
      </Link>
      <Icon name="right" size={14} />
      <Link
        href={searchHref(`cluster = ${task.cluster} and node = ${task.node}`)}
        className="font-medium text-ink-2 hover:text-ink"
      >
        {task.node}
      </Link>
    </nav>
  );
}

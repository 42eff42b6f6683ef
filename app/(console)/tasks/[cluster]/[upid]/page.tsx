import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TaskPage } from '@/components/task/task-page';
import { pageContext } from '@/lib/auth/session';
import { hasCode } from '@/lib/domain/errors';
import type { TaskRef } from '@/lib/domain/task';
import { describeTask } from '@/lib/domain/task-type';
import { parseUpid } from '@/lib/domain/upid';
import { getTask } from '@/lib/services/tasks/get';

type Props = { params: Promise<{ cluster: string; upid: string }> };

async function readRef(params: Props['params']): Promise<TaskRef> {
  const { cluster, upid } = await params;
  return { cluster: decodeURIComponent(cluster), upid: decodeURIComponent(upid) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { upid } = await readRef(params);
  // From the address alone: the title must not tell whether such a task exists.
  const parts = parseUpid(upid);
  return { title: parts ? describeTask(parts.type, parts.id) : 'Task' };
}

/** One task at its own address. Not there and not allowed are one and the same page. */
export default async function Page({ params }: Props) {
  const ref = await readRef(params);
  const ctx = await pageContext();
  const task = await getTask(ctx, ref).catch((error: unknown) => {
    if (hasCode(error, 'not_found')) notFound();
    throw error;
  });
  return <TaskPage key={`${ref.cluster} ${ref.upid}`} initial={task} mayStop={ctx.actions.stop} />;
}

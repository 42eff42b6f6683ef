import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { pageZone } from '@/app/(console)/page-zone';
import { TaskList } from '@/components/tasks/task-list';
import { pageContext } from '@/lib/auth/session';
import { readLook } from '@/lib/client/list-look';
import { readState } from '@/lib/client/list-state';
import { makeQueryClient } from '@/lib/client/query-client';
import { listRequest, taskQueries } from '@/lib/client/task-queries';
import { searchTasks } from '@/lib/services/tasks/search';

export const metadata: Metadata = { title: 'Tasks' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list that the address asks for. A refused search prefetches nothing: the browser asks again and shows the reason. */
export default async function TasksPage({ searchParams }: Props) {
  const state = readState(await searchParams);
  const ctx = await pageContext();
  const { zone } = await pageZone();
  const client = makeQueryClient();
  await client.prefetchQuery({
    ...taskQueries.list(state, zone),
    queryFn: () => searchTasks(ctx, listRequest(state, zone)),
    retry: false,
  });
  const look = readLook((await cookies()).get('list')?.value);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TaskList look={look} />
    </HydrationBoundary>
  );
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Console } from '@/components/shell/console';
import { pageContext } from '@/lib/auth/session';
import { ready } from '@/lib/boot';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { makeQueryClient } from '@/lib/client/query-client';
import { clusterStatuses } from '@/lib/services/clusters/statuses';
import { whoAmI } from '@/lib/services/sign-in/who-am-i';
import { pageZone } from './page-zone';

/** Demands a session, and draws what stands around every page of one. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext();
  const { config } = await ready();
  const jar = await cookies();
  const client = makeQueryClient();
  client.setQueryData(clusterQueries.all().queryKey, clusterStatuses(ctx));
  const { zone, fixed } = await pageZone();
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Console
        shell={{ session: whoAmI(ctx), demo: config.demo }}
        folded={jar.get('rail')?.value === 'folded'}
        serverNow={ctx.now()}
        zone={zone}
        zoneIsFixed={fixed}
      >
        {children}
      </Console>
    </HydrationBoundary>
  );
}

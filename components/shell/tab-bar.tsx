'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useZone } from '@/components/ui/clock';
import { Icon } from '@/components/ui/icon';
import { Menu, MenuHead, MenuItem, MenuLine } from '@/components/ui/menu';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { searchQueries } from '@/lib/client/search-queries';
import { ClusterAge, ClusterSign } from './cluster-age';
import { isOn, PAGES } from './pages';
import { countOf, savedHref } from './saved-search';
import { UserMenuItems } from './user-menu';

const TAB = 'flex flex-col items-center justify-center gap-0.5 text-11 leading-3.5';

/** The pages at the bottom of a phone; all else is behind "More". */
export function TabBar({ onJump }: { onJump: () => void }) {
  const pathname = usePathname();
  const router = useRouter();
  const { data } = useQuery(clusterQueries.all());
  const { data: saved } = useQuery(searchQueries.bookmarks(useZone()));
  return (
    <nav aria-label="Main" className="grid h-(--tabbar) grid-cols-3 border-t border-line bg-rail md:hidden">
      {PAGES.map(({ href, text, icon }) => {
        const current = isOn(pathname, href);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={current ? 'page' : undefined}
            className={`${TAB} ${current ? 'font-strong text-ink' : 'text-ink-3'}`}
          >
            <Icon name={icon} size={18} />
            {text}
          </Link>
        );
      })}
      <Menu
        side="top"
        trigger={
          <button type="button" className={`${TAB} text-ink-3`}>
            <Icon name="menu" size={18} />
            More
          </button>
        }
      >
        <MenuItem icon="search" onSelect={onJump}>
          Jump or paste a UPID
        </MenuItem>
        <MenuHead>Saved searches</MenuHead>
        {saved?.bookmarks.map((one) => (
          <MenuItem key={one.id} onSelect={() => router.push(savedHref(one))}>
            <span className="flex gap-2">
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              <span className="text-ink-3">{countOf(one)}</span>
            </span>
          </MenuItem>
        ))}
        <MenuHead>As of</MenuHead>
        {data?.clusters.map((cluster) => (
          <MenuItem key={cluster.id} onSelect={() => router.push(`/clusters#${cluster.id}`)}>
            <span className="flex items-center gap-2">
              <ClusterSign cluster={cluster} />
              <span className="flex-1 truncate">{cluster.id}</span>
              <ClusterAge cluster={cluster} />
            </span>
          </MenuItem>
        ))}
        <MenuLine />
        <UserMenuItems />
      </Menu>
    </nav>
  );
}

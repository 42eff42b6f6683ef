'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { Icon, Mark } from '@/components/ui/icon';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { countText } from '@/lib/client/format-time';
import { taskQueries } from '@/lib/client/task-queries';
import { AsOf } from './as-of';
import { ClusterPicker } from './cluster-picker';
import { isOn, PAGES } from './pages';
import { RailLink } from './rail-link';
import { SavedSearches } from './saved-searches';
import { useShell } from './shell-context';
import { UserMenu } from './user-menu';

/** The left rail: where one can go, and how old everything is. */
export function Rail({ onJump, onKeys }: { onJump: () => void; onKeys: () => void }) {
  const pathname = usePathname();
  const { demo } = useShell();
  const running = useRunning();
  const away = useAway();
  const aside = {
    '/tasks': running,
    '/clusters': away > 0 ? <span className="text-error">{away} away</span> : null,
  };
  return (
    <nav
      aria-label="Main"
      className="hidden min-h-0 flex-col overflow-y-auto border-r border-line bg-rail px-2 pt-2.5 pb-2 md:flex folded:items-center"
    >
      <div className="flex h-8 shrink-0 items-center gap-2 px-2 text-14 font-semibold tracking-tight folded:px-0">
        <Mark />
        <span className="folded:sr-only">Taskscope</span>
        {demo && (
          <span
            title="A simulator stands in for the clusters"
            className="ml-auto rounded-1 bg-warning-soft px-1.5 text-11 font-semibold tracking-normal text-warning folded:absolute folded:top-9 folded:left-1.5 folded:px-1 folded:text-[9px] folded:leading-3"
          >
            DEMO
          </span>
        )}
      </div>
      <ClusterPicker />
      <button
        type="button"
        onClick={onJump}
        title="Jump or paste a UPID"
        className="mb-2 flex h-7.5 shrink-0 items-center gap-2 rounded-2 px-2 text-left text-[12.5px] whitespace-nowrap text-ink-3 hover:bg-hover folded:w-9 folded:justify-center folded:px-0 touch:h-10"
      >
        <Icon name="search" size={14} />
        <span className="min-w-0 flex-1 truncate folded:sr-only">Jump or paste a UPID</span>
        <kbd className="folded:hidden touch:hidden">⌘K</kbd>
      </button>
      {PAGES.map(({ href, text, icon }) => (
        <RailLink key={href} href={href} text={text} icon={icon} current={isOn(pathname, href)} aside={aside[href]} />
      ))}
      <SavedSearches />
      <AsOf />
      <UserMenu onKeys={onKeys} />
    </nav>
  );
}

/** How many tasks run now, as text; nothing until it is known. */
function useRunning(): string | null {
  const { data } = useQuery(taskQueries.count('state = running'));
  if (!data || data.subtotal === 0) return null;
  return `${countText(data.subtotal)}${data.subtotal_is_exact ? '' : '+'}`;
}

function useAway(): number {
  const { data } = useQuery(clusterQueries.all());
  return data?.clusters.filter(({ state }) => state === 'away' || state === 'refused').length ?? 0;
}

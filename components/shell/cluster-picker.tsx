'use client';

import { clusterOf, inCluster } from '@/components/tasks/filters';
import { Icon } from '@/components/ui/icon';
import { Menu, MenuChoice } from '@/components/ui/menu';
import { useListState } from '@/lib/client/use-list-state';
import { useShell } from './shell-context';

const ALL = '*';

/** Limits the list to one cluster, by the same filter that one could type; nothing to pick with one cluster. */
export function ClusterPicker() {
  const { session } = useShell();
  const { state, go } = useListState();
  const clusters = session.clusters.filter(({ signed_in }) => signed_in);
  if (session.clusters.length < 2) return <div className="h-2 shrink-0" />;
  const chosen = clusterOf(state.search);
  const name = chosen === null ? 'All clusters' : (clusters.find(({ id }) => id === chosen)?.name ?? chosen);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          title={name}
          className="mt-1.5 mb-1 flex h-7.5 shrink-0 items-center gap-2 rounded-2 border border-line bg-bg px-2 text-left folded:w-9 folded:justify-center folded:border-transparent folded:bg-transparent folded:px-0 touch:h-10"
        >
          <Icon name="clusters" size={14} className="text-ink-3" />
          <span className="min-w-0 flex-1 truncate folded:sr-only">{name}</span>
          <span className="text-ink-3 folded:hidden">{chosen === null ? clusters.length : ''}</span>
          <Icon name="down" size={14} className="text-ink-3 folded:hidden" />
        </button>
      }
    >
      <MenuChoice
        value={chosen ?? ALL}
        options={[[ALL, 'All clusters'] as const, ...clusters.map((one) => [one.id, one.name] as const)]}
        onChange={(value) =>
          go({ ...state, search: inCluster(state.search, value === ALL ? null : value), page: 1, cursor: '' })
        }
      />
    </Menu>
  );
}

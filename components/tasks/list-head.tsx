'use client';

import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import type { StreamState } from '@/lib/client/event-stream';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { isAway } from './cluster-facts';
import { ColumnsPanel } from './columns-panel';
import { LiveSign } from './live-sign';
import type { Look } from './use-look';

type Props = {
  clusters: readonly ClusterStatus[];
  stream: StreamState;
  paused: boolean;
  onPause: () => void;
  look: Look;
  onValues: () => void;
  onOrder: () => void;
};

/** The head of the page: what it is, how many clusters it knows the present of, whether it moves, and how it looks. */
export function ListHead({ clusters, stream, paused, onPause, look, onValues, onOrder }: Props) {
  const [choosing, setChoosing] = useState(false);
  const seen = clusters.filter(({ state }) => state !== 'not_signed_in');
  const away = seen.filter(isAway).length;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 px-3.5 md:h-(--head) md:px-5">
      <h1 className="text-16 font-semibold tracking-tight">Tasks</h1>
      {away > 0 && (
        <span className="ml-1 text-12 text-ink-3">
          {seen.length - away} of {seen.length} {seen.length === 1 ? 'cluster' : 'clusters'} live
        </span>
      )}
      <span className="flex-1" />
      <LiveSign stream={stream} paused={paused} onPause={onPause} />
      <IconButton
        icon="values"
        label="Values"
        aria-pressed={look.look.values}
        className="aria-pressed:xl:bg-accent-soft aria-pressed:xl:text-accent"
        onClick={onValues}
      />
      <Popover
        label="Columns"
        open={choosing}
        onOpenChange={setChoosing}
        trigger={<IconButton icon="columns" label="Columns" className="max-md:hidden" />}
      >
        <ColumnsPanel
          look={look}
          onOrder={() => {
            setChoosing(false);
            onOrder();
          }}
        />
      </Popover>
    </header>
  );
}

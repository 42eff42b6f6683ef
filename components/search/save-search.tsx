'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { useZone } from '@/components/ui/clock';
import { Popover } from '@/components/ui/popover';
import { PLAIN } from '@/lib/client/list-state';
import { searchQueries } from '@/lib/client/search-queries';
import { useListState } from '@/lib/client/use-list-state';

const SaveForm = dynamic(() => import('./save-form').then((module) => module.SaveForm), { ssr: false });

/** The star beside the search: filled when this search is kept by name, else the way to keep it. */
export function SaveSearch() {
  const zone = useZone();
  const { state } = useListState();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(searchQueries.bookmarks(zone));
  const saved = data?.bookmarks.find(
    ({ search, order }) => search === state.search && (order === '' ? PLAIN.order : order) === state.order,
  );
  if (state.search === '' && state.order === PLAIN.order) return null;
  const name = saved ? `Saved as "${saved.name}"` : 'Save this search';
  return (
    <Popover
      label={name}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton icon={saved ? 'starred' : 'star'} label={name} />}
    >
      <SaveForm search={state.search} order={state.order} saved={saved} onDone={() => setOpen(false)} />
    </Popover>
  );
}

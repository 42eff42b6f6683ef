'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { copyText, toast } from '@/components/ui/toast';
import { withBase } from '@/lib/client/base-path';
import { searchWrites } from '@/lib/client/search-queries';
import type { BookmarkAnswer } from '@/lib/contract/bookmark';
import { savedHref } from './saved-search';

/** What can be done with a saved search; takes the place of its count while it is pointed at or has the focus. */
export function SavedSearchMenu({ saved }: { saved: BookmarkAnswer }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const remove = async () => {
    try {
      await searchWrites.remove(saved.id);
      toast(`"${saved.name}" deleted`);
    } catch (error) {
      toast(error instanceof Error ? error.message : 'It could not be deleted.', true);
    }
    await queries.invalidateQueries({ queryKey: ['search', 'bookmarks'] });
  };
  return (
    <span
      className={`absolute right-1 focus-within:opacity-100 group-hover/saved:opacity-100 touch:opacity-100 ${open ? '' : 'opacity-0'}`}
    >
      <Menu
        side="right"
        align="start"
        onOpenChange={setOpen}
        trigger={<IconButton icon="more" label={`More about ${saved.name}`} className="size-6 bg-hover" />}
      >
        <MenuItem
          icon="link"
          onSelect={() => copyText(`${window.location.origin}${withBase(savedHref(saved))}`, 'Link of the search')}
        >
          Copy link
        </MenuItem>
        <MenuItem icon="copy" onSelect={() => copyText(saved.search, 'Search')}>
          Copy search
        </MenuItem>
        {saved.own && (
          <MenuItem icon="trash" onSelect={() => void remove()}>
            Delete
          </MenuItem>
        )}
      </Menu>
    </span>
  );
}

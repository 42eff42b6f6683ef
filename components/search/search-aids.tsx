import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';

// No page needs these before they are opened.
const SearchHelp = dynamic(() => import('./search-help').then((module) => module.SearchHelp), { ssr: false });
const SearchHistory = dynamic(() => import('./search-history').then((module) => module.SearchHistory), { ssr: false });

/** What stands beside the field: searches of before, and how to write one. */
export function SearchAids({ onSearch }: { onSearch: (text: string) => void }) {
  const [open, setOpen] = useState<'nothing' | 'history' | 'help'>('nothing');
  const close = () => setOpen('nothing');
  return (
    <>
      <Popover
        label="Earlier searches"
        open={open === 'history'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'history' : 'nothing')}
        trigger={<IconButton icon="clock" label="Earlier searches" />}
      >
        <SearchHistory
          onSearch={(search) => {
            close();
            onSearch(search);
          }}
        />
      </Popover>
      <IconButton icon="info" label="How to search" onClick={() => setOpen('help')} />
      {open === 'help' && <SearchHelp onSearch={onSearch} onClose={close} />}
    </>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useZone } from '@/components/ui/clock';
import { searchQueries } from '@/lib/client/search-queries';
import { useListState } from '@/lib/client/use-list-state';
import type { BookmarkAnswer } from '@/lib/contract/bookmark';
import { countOf, savedHref } from './saved-search';
import { SavedSearchMenu } from './saved-search-menu';

/** Searches that are kept by name, with what each finds now; own before public. */
export function SavedSearches() {
  const zone = useZone();
  const { state, onList } = useListState();
  const { data } = useQuery(searchQueries.bookmarks(zone));
  return (
    <div className="folded:hidden">
      <h2 className="px-2 pt-3.5 pb-1 text-11 font-medium text-ink-3">Saved searches</h2>
      {data?.bookmarks.map((saved) => {
        const current = onList && state.search === saved.search;
        return (
          <div key={saved.id} className="group/saved relative flex items-center">
            <Link
              href={savedHref(saved)}
              prefetch={false}
              title={titleOf(saved)}
              aria-current={current ? 'true' : undefined}
              className={`flex h-7 min-w-0 flex-1 items-center gap-2 rounded-2 px-2 group-focus-within/saved:bg-hover group-hover/saved:bg-hover touch:h-10 ${current ? 'font-strong text-ink' : 'text-ink-2'}`}
            >
              <span className="min-w-0 flex-1 truncate">{saved.name}</span>
              <span
                className={`text-12 font-normal group-hover/saved:invisible ${asksForFailures(saved) ? 'text-error' : 'text-ink-3'}`}
              >
                {countOf(saved)}
              </span>
            </Link>
            <SavedSearchMenu saved={saved} />
          </div>
        );
      })}
    </div>
  );
}

const titleOf = ({ name, search, public: isPublic, own, stock, owner }: BookmarkAnswer): string =>
  `${name}: ${search === '' ? 'all tasks' : search}${isPublic && !own && !stock ? `, shared by ${owner}` : ''}`;

const asksForFailures = ({ search, count }: BookmarkAnswer): boolean =>
  count !== 0 && /\bresult\b[^a-z]*\berror\b/.test(search);

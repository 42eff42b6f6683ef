'use client';

import { memo, useMemo } from 'react';
import { FilterChips, type KnownValues } from '@/components/search/filter-chips';
import type { Refusal } from '@/components/search/read-search';
import { SaveSearch } from '@/components/search/save-search';
import { SearchBox } from '@/components/search/search-box';
import type { ApiError } from '@/lib/client/api';
import type { ListState } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskListAnswer } from '@/lib/contract/task';

type Props = { state: ListState; answer: TaskListAnswer | undefined; refused: ApiError | null };

/** The search of the list, typed and clicked: both write the address, which the list follows. */
export const ListSearch = memo(function ListSearch({ state, answer, refused }: Props) {
  const { go } = useListState();
  const known = useMemo(() => knownValues(answer), [answer]);
  const to = (search: string, how: 'push' | 'replace') => {
    if (search !== state.search) go({ ...state, search, page: 1, cursor: '' }, how);
  };
  return (
    <>
      <SearchBox
        value={state.search}
        onSearch={(search, by) => to(search, by === 'typing' ? 'replace' : 'push')}
        error={refused && refusalOf(refused)}
        notices={refused ? [] : (answer?.notices ?? [])}
        aside={<SaveSearch />}
      />
      <FilterChips value={state.search} onSearch={(search) => to(search, 'push')} known={known} />
    </>
  );
});

/** Values to choose from: those of the rows on the screen. */
function knownValues(answer: TaskListAnswer | undefined): KnownValues {
  const of = (field: keyof KnownValues) => [...new Set(answer?.results.map((task) => task[field]))].sort();
  return { label: of('label'), node: of('node'), cluster: of('cluster'), user: of('user') };
}

function refusalOf({ message, details }: ApiError): Refusal {
  const { position, length, token, suggestions } = details;
  return {
    message,
    position: typeof position === 'number' ? position : 0,
    length: typeof length === 'number' ? length : 0,
    token: typeof token === 'string' ? token : '',
    suggestions: Array.isArray(suggestions) ? suggestions.map(String) : [],
  };
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { searchQueries, searchWrites } from '@/lib/client/search-queries';
import { HighlightedText } from './highlighted-text';

type Props = { onSearch: (text: string) => void };

/** What this person searched for, latest first; a click searches it again. */
export function SearchHistory({ onSearch }: Props) {
  const client = useQueryClient();
  const { data, isError } = useQuery(searchQueries.history());
  if (isError) return <p className="px-3 py-1 text-ink-2">Your searches could not be read.</p>;
  if (!data) return <p className="px-3 py-1 text-ink-3">Reading your searches</p>;
  if (data.searches.length === 0)
    return <p className="px-3 py-1 text-ink-2">You have not searched for anything yet.</p>;
  return (
    <>
      <ul>
        {data.searches.map((search) => (
          <li key={search}>
            <button
              type="button"
              title={search}
              onClick={() => onSearch(search)}
              className="mono block min-h-(--ctl) w-full truncate px-3 text-left hover:bg-hover focus-visible:bg-selected"
            >
              <HighlightedText text={search} />
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={async () => client.setQueryData(searchQueries.history().queryKey, await searchWrites.forget())}
        className="mt-1 min-h-(--ctl) w-full border-t border-line px-3 text-left text-ink-2 hover:bg-hover focus-visible:bg-selected"
      >
        Forget these
      </button>
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { searchQueries, searchWrites } from '@/lib/client/search-queries';
import { readSearch } from './read-search';
import type { SearchBy } from './use-typed-search';

const RESTED_MS = 4000;

/** Keeps what a person searches for in their history: at once what is entered, what is typed when it is left so. */
export function useNoteSearch(): (text: string, by: SearchBy) => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (text, by) => {
    clearTimeout(timer.current);
    if (text.trim() === '' || readSearch(text).error) return;
    const note = async () => {
      try {
        client.setQueryData(searchQueries.history().queryKey, await searchWrites.note(text));
      } catch {
        // Nobody waits for it, and the search itself tells what is wrong.
      }
    };
    if (by === 'entering') void note();
    else timer.current = setTimeout(() => void note(), RESTED_MS);
  };
}

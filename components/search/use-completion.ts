import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useZone } from '@/components/ui/clock';
import { searchQueries } from '@/lib/client/search-queries';
import type { CompleteAnswer } from '@/lib/contract/search';
import { caretAt } from '@/lib/domain/search/caret';
import { zoneOf } from '@/lib/domain/zone';

export type Suggestion = CompleteAnswer['suggestions'][number];

const MOST_ROWS = 20;

type Input = {
  text: string;
  caret: number;
  /** Puts a text into the field, with the caret at that offset. */
  write: (text: string, caret: number) => void;
};

/**
 * What could be written at the caret, and the keys that choose from it. A Tab that comes before the answer takes the first
 * suggestion once it is there.
 */
export function useCompletion({ text, caret, write }: Input) {
  const [open, setOpen] = useState(false);
  const key = `${caret} ${text}`;
  const [chosen, setChosen] = useState({ key, at: 0 });
  const [wanted, setWanted] = useState<string | null>(null);
  const { data, isPlaceholderData, isFetching } = useQuery({
    ...searchQueries.complete(text, caret, useZone()),
    enabled: open,
  });
  // Zone and time only move dates, never what is asked.
  const place = useMemo(() => caretAt(text, caret, { now: 0, zone: zoneOf('UTC') }), [text, caret]);
  const rows = useMemo(() => (open && data ? arranged(data.suggestions, text) : []), [open, data, text]);
  const isFresh = data !== undefined && !isPlaceholderData;
  const active = chosen.key === key ? Math.min(chosen.at, rows.length - 1) : 0;

  const accept = ({ text: next, caret: end, kind }: Suggestion) => {
    if (!isFresh) return; // made for another text, which it would bring back
    const atEnd = end === next.length && kind !== 'search';
    setOpen(kind !== 'search');
    write(atEnd ? `${next} ` : next, atEnd ? end + 1 : end);
  };
  const choose = (at: number) => setChosen({ key, at: (at + rows.length) % rows.length });

  useEffect(() => {
    if (wanted === null || (wanted === key && !isFresh)) return;
    setWanted(null);
    if (wanted === key && rows[0]) accept(rows[0]);
  });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const isShown = rows.length > 0;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = rows[active];
    if (event.key === 'Tab' && !event.shiftKey && open && (isFresh ? isShown : isFetching)) {
      if (isFresh && row) accept(row);
      else setWanted(key);
    } else if (event.key === 'ArrowDown' && !isShown && !open) setOpen(true);
    else if (event.key === 'ArrowDown' && isShown) choose(active + 1);
    else if (event.key === 'ArrowUp' && isShown) choose(active - 1);
    else if (event.key === 'Escape' && isShown) setOpen(false);
    else return;
    event.preventDefault();
  };

  return { rows, active, place, accept, onKeyDown, open: () => setOpen(true), close: () => setOpen(false) };
}

/** On the empty text saved searches come first, as what one most likely came for. */
function arranged(suggestions: readonly Suggestion[], text: string): Suggestion[] {
  const isSaved = ({ kind }: Suggestion) => kind === 'search';
  const rows =
    text.trim() === ''
      ? [...suggestions.filter(isSaved), ...suggestions.filter((one) => !isSaved(one))]
      : [...suggestions];
  return rows.slice(0, MOST_ROWS);
}

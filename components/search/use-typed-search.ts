import { useEffect, useRef, useState } from 'react';

/** How a search came about: typing replaces the one before, entering is a step to come back to. */
export type SearchBy = 'typing' | 'entering';

const SEARCH_AFTER_MS = 50;
const COMPLAIN_AFTER_MS = 600;

type Input = {
  value: string;
  onSearch: (text: string, by: SearchBy) => void;
  /** Whether a text can be searched while it is still being typed. */
  isReadable: (text: string) => boolean;
};

/**
 * The text in the search box. It follows `value` when that changes from outside, a chip or the browser's way back, but
 * not when it is an echo of what was typed here a moment ago. `settled`: nobody is typing, so one may complain.
 */
export function useTypedSearch({ value, onSearch, isReadable }: Input) {
  const [text, setText] = useState(value);
  const [settled, setSettled] = useState(true);
  const [followed, setFollowed] = useState(value);
  const [sent, setSent] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState<string | null>(null);
  if (value !== followed) {
    setFollowed(value);
    const echo = sent.indexOf(value);
    setSent(sent.slice(echo + 1));
    if (echo < 0) {
      setText(value);
      setTyped(null);
      setSettled(true);
    }
  }

  const search = (next: string, by: SearchBy) => {
    if (next !== value) setSent((before) => [...before, next]);
    onSearch(next, by);
  };
  const latest = useRef({ search, isReadable, value });
  useEffect(() => {
    latest.current = { search, isReadable, value };
  });

  useEffect(() => {
    if (typed === null) return;
    const soon = setTimeout(() => {
      const now = latest.current;
      if (typed !== now.value && now.isReadable(typed)) now.search(typed, 'typing');
    }, SEARCH_AFTER_MS);
    const later = setTimeout(() => setSettled(true), COMPLAIN_AFTER_MS);
    return () => {
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, [typed]);

  return {
    text,
    settled,
    type: (next: string) => {
      setText(next);
      setTyped(next);
      setSettled(false);
    },
    enter: (next: string) => {
      setText(next);
      setTyped(null);
      setSettled(true);
      search(next, 'entering');
    },
  };
}

'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { withBase } from './base-path';
import { type ListState, readState, stateHref } from './list-state';

/**
 * The state of the task list as the address has it, and the way to change it. On the list itself only the address
 * changes and the browser asks the API; from another page it is a visit to the list.
 */
export function useListState(): {
  state: ListState;
  onList: boolean;
  go: (next: ListState, how?: 'push' | 'replace') => void;
} {
  const params = useSearchParams();
  const router = useRouter();
  const onList = usePathname() === '/tasks';
  const text = onList ? params.toString() : '';
  const state = useMemo(() => readState(Object.fromEntries(new URLSearchParams(text))), [text]);
  const go = useCallback(
    (next: ListState, how: 'push' | 'replace' = 'push') => {
      const href = stateHref(next);
      if (!onList) router.push(href);
      else if (how === 'push') window.history.pushState(null, '', withBase(href));
      else window.history.replaceState(null, '', withBase(href));
    },
    [onList, router],
  );
  return { state, onList, go };
}

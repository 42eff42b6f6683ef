'use client';

import { type ReactNode, useMemo } from 'react';
import { useListState } from '@/lib/client/use-list-state';
import type { FieldName } from '@/lib/domain/search/bound';
import { excluded, filtered } from './filters';
import { StateLink } from './state-link';

type Props = { field: FieldName; value: string; className?: string; children?: ReactNode };

/**
 * A value in a row that becomes a filter by a click, and is left out by one with Alt. No stop of the tab key: the arrows
 * reach it from its row, and the row's menu has the same.
 */
export function FilterLink({ field, value, className = '', children }: Props) {
  const { state, go } = useListState();
  const to = useMemo(
    () => ({ ...state, search: filtered(state.search, field, value), page: 1, cursor: '' }),
    [state, field, value],
  );
  return (
    <StateLink
      to={to}
      tabIndex={-1}
      shows={field}
      onAltClick={() => go({ ...state, search: excluded(state.search, field, value), page: 1, cursor: '' })}
      title={`Only tasks with ${field} = ${value}; with Alt all others`}
      className={`relative z-1 w-fit max-w-full hover:underline hover:decoration-line-strong hover:underline-offset-3 ${className}`}
    >
      {children ?? value}
    </StateLink>
  );
}

'use client';

import { type ReactNode, useMemo } from 'react';
import { useListState } from '@/lib/client/use-list-state';
import type { FieldName } from '@/lib/domain/search/bound';
import { filtered } from './filters';
import { StateLink } from './state-link';

type Props = { field: FieldName; value: string; className?: string; children?: ReactNode };

/** A value in a row that becomes a filter by a click. Not a stop of the tab key: the row's menu has the same. */
export function FilterLink({ field, value, className = '', children }: Props) {
  const { state } = useListState();
  const to = useMemo(
    () => ({ ...state, search: filtered(state.search, field, value), page: 1, cursor: '' }),
    [state, field, value],
  );
  return (
    <StateLink
      to={to}
      tabIndex={-1}
      title={`Only tasks with ${field} = ${value}`}
      className={`relative z-1 w-fit max-w-full hover:underline hover:decoration-line-strong hover:underline-offset-3 ${className}`}
    >
      {children ?? value}
    </StateLink>
  );
}

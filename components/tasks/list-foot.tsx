'use client';

import { memo } from 'react';
import { Icon } from '@/components/ui/icon';
import { KeyCaps } from '@/components/ui/key-caps';
import { countText } from '@/lib/client/format-time';
import { type ListState, PAGE_SIZES } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskListAnswer } from '@/lib/contract/task';
import { nextPage, previousPage } from './paging';
import { StateLink } from './state-link';

const HINTS = [
  ['j k', 'move'],
  ['Enter', 'open'],
  ['x', 'select'],
  ['/', 'search'],
  ['?', 'all keys'],
] as const;

/** Where in the list one is, the pages before and after, and the keys worth knowing. */
export const ListFoot = memo(function ListFoot({ answer, state }: { answer: TaskListAnswer; state: ListState }) {
  const { go } = useListState();
  const before = previousPage(state);
  const after = nextPage(state, answer);
  return (
    <footer className="no-print flex h-11 shrink-0 items-center gap-3.5 border-t border-line bg-rail px-3.5 text-12 text-ink-3 md:h-9 md:px-5">
      <span className="whitespace-nowrap">{rangeText(answer, state)}</span>
      <span className="flex items-center gap-0.5">
        <PageLink to={before} icon="left" label={state.cursor === '' ? 'Page before (,)' : 'Back to the newest (,)'} />
        <PageLink to={after} icon="right" label={after?.cursor ? 'Older (.)' : 'Next page (.)'} />
      </span>
      <label className="hidden items-center gap-1 md:flex">
        <select
          value={state.per_page}
          onChange={(event) => go({ ...state, per_page: Number(event.target.value), page: 1, cursor: '' })}
          className="h-6 rounded-2 border border-transparent bg-transparent px-1 hover:border-line-strong hover:text-ink touch:h-10"
        >
          {[...new Set([...PAGE_SIZES, state.per_page])]
            .sort((a, b) => a - b)
            .map((size) => (
              <option key={size} value={size}>
                {size}
              </option>
            ))}
        </select>
        per page
      </label>
      <span className="flex-1" />
      {HINTS.map(([keys, name]) => (
        <span key={name} className="hidden items-center gap-1.5 whitespace-nowrap xl:flex touch:hidden">
          <KeyCaps of={keys} />
          {name}
        </span>
      ))}
    </footer>
  );
});

function PageLink({ to, icon, label }: { to: ListState | null; icon: 'left' | 'right'; label: string }) {
  const look = 'flex size-6 items-center justify-center rounded-2 touch:size-10';
  if (!to) {
    return (
      <span className={`${look} opacity-40`}>
        <Icon name={icon} />
      </span>
    );
  }
  return (
    <StateLink to={to} label={label} title={label} className={`${look} hover:bg-hover hover:text-ink`}>
      <Icon name={icon} />
    </StateLink>
  );
}

function rangeText({ results, subtotal, subtotal_is_exact: exact }: TaskListAnswer, state: ListState): string {
  const all = `${exact ? '' : 'more than '}${countText(subtotal)}`;
  if (results.length === 0) return subtotal === 0 ? '0 tasks' : `none of ${all}`;
  if (state.cursor !== '') return `${countText(results.length)} older of ${all}`;
  const first = (state.page - 1) * state.per_page + 1;
  return `${countText(first)}–${countText(first + results.length - 1)} of ${all}`;
}

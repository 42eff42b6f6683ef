'use client';

import { type RefObject, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { rowKey } from '@/lib/client/live-list';
import type { TaskAnswer } from '@/lib/contract/task';
import type { FieldName } from '@/lib/domain/search/bound';

export type RowFocus = {
  /** The row that the tab key reaches: the one that had the focus last, or the first. */
  active: string;
  note: (key: string) => void;
  /** To another row, in the same column; the first press goes to where the tab key would. */
  move: (by: number) => void;
  moveTo: (at: number) => void;
  /** To the next value of the row, by one to the right or the left. */
  moveWithin: (by: 1 | -1) => void;
  /** The task whose row has the focus. */
  task: () => TaskAnswer | undefined;
  /** The value that has the focus. */
  value: () => { field: FieldName; value: string } | undefined;
};

/** Which row and which value of it has the focus. Rows that are not drawn are drawn before they get it. */
export function useRowFocus(results: readonly TaskAnswer[], scroller: RefObject<HTMLElement | null>): RowFocus {
  const [focused, setFocused] = useState('');
  const places = useMemo(() => new Map(results.map((task, at) => [rowKey(task), at])), [results]);
  const [first] = results;
  const active = places.has(focused) ? focused : first ? rowKey(first) : '';
  const focusedElement = () => {
    const element = document.activeElement;
    return element instanceof HTMLElement && scroller.current?.contains(element) ? element : null;
  };
  const keyNow = () => focusedElement()?.closest<HTMLElement>('[data-row-key]')?.dataset.rowKey;
  const rowOf = (key: string) =>
    scroller.current?.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`) ?? null;
  const taskNow = () => results[places.get(keyNow() ?? '') ?? -1];

  const moveTo = (at: number) => {
    const task = results[Math.max(0, Math.min(at, results.length - 1))];
    if (!task) return;
    const field = focusedElement()?.dataset.valueOf ?? 'action';
    flushSync(() => setFocused(rowKey(task)));
    const row = rowOf(rowKey(task));
    const values = row ? valuesOf(row) : [];
    (values.find((one) => one.dataset.valueOf === field) ?? values[0])?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };

  return {
    active,
    note: setFocused,
    moveTo,
    move: (by) => {
      const key = keyNow();
      const at = places.get(key ?? active) ?? 0;
      moveTo(key === undefined ? at : at + by);
    },
    moveWithin: (by) => {
      const row = rowOf(keyNow() ?? '');
      if (!row) return;
      const values = valuesOf(row);
      const at = values.indexOf(focusedElement() ?? row);
      values[Math.max(0, Math.min(at + by, values.length - 1))]?.focus();
    },
    task: taskNow,
    value: () => {
      const task = taskNow();
      const field = focusedElement()?.dataset.valueOf as ValueField | undefined; // written by our own cells
      const value = task && field ? task[field] : null;
      return field && value !== null && value !== undefined ? { field, value } : undefined;
    },
  };
}

type ValueField = 'action' | 'label' | 'exitstatus' | 'node' | 'cluster' | 'user';

/** The values of a row that can have the focus, from left to right; hidden columns have none. */
const valuesOf = (row: HTMLElement): HTMLElement[] =>
  [...row.querySelectorAll<HTMLElement>('[data-value-of]')].filter(
    (one) => one.closest('td')?.checkVisibility?.() !== false,
  );

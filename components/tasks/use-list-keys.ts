'use client';

import type { RefObject } from 'react';
import { type Binding, useKeys } from '@/components/ui/keys';
import { copyText } from '@/components/ui/toast';
import type { ListState } from '@/lib/client/list-state';
import { rowKey } from '@/lib/client/live-list';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';
import { nextPage, previousPage } from './paging';
import { fullAddress } from './row-actions';

type Parts = {
  answer: TaskListAnswer | undefined;
  state: ListState;
  scroller: RefObject<HTMLDivElement | null>;
  onShowNew: () => void;
  onPause: () => void;
  onStop: (task: TaskAnswer) => void;
};

/** The keys of the task list. */
export function useListKeys({ answer, state, scroller, onShowNew, onPause, onStop }: Parts): void {
  const { go } = useListState();

  const links = () => [...(scroller.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const place = () => links().indexOf(document.activeElement as HTMLElement);
  const focus = (at: number) => {
    const all = links();
    const link = all[Math.max(0, Math.min(at, all.length - 1))];
    link?.focus({ preventScroll: true });
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };
  const move = (by: number) => {
    const at = place();
    // The first press goes to where the tab key would.
    focus(at < 0 ? links().findIndex((link) => link.tabIndex === 0) : at + by);
  };
  const current = (): TaskAnswer | undefined => {
    const key = document.activeElement?.closest<HTMLElement>('[data-row-key]')?.dataset.rowKey;
    return answer?.results.find((task) => rowKey(task) === key);
  };
  const onCurrent = (act: (task: TaskAnswer) => void) => () => {
    const task = current();
    if (task) act(task);
  };
  const turn = (to: ListState | null) => {
    if (to) go(to);
  };

  const bind = (name: string, run: Binding['run'], ...keys: string[]): Binding[] =>
    keys.map((key) => ({ key, name, run, where: 'List' as const }));
  useKeys([
    ...bind('Next task', () => move(1), 'j', 'ArrowDown'),
    ...bind('Task before', () => move(-1), 'k', 'ArrowUp'),
    ...bind('First task', () => focus(0), 'Home'),
    ...bind('Last task', () => focus(Number.POSITIVE_INFINITY), 'End'),
    // The focused row is a link, which has these two from the browser.
    { key: 'Enter', name: 'Open', where: 'List', run: () => {}, native: true },
    { key: 'Ctrl Enter', name: 'Open in a new tab', where: 'List', run: () => {}, native: true },
    ...bind(
      'Copy link',
      onCurrent((task) => void copyText(fullAddress(task), 'Link')),
      'c',
    ),
    ...bind(
      'Stop …',
      onCurrent((task) => task.state === 'running' && onStop(task)),
      's',
    ),
    ...bind('Show new tasks', onShowNew, 'n'),
    ...bind('Pause or go on', onPause, 'p'),
    ...bind('Page before', () => turn(previousPage(state)), ','),
    ...bind('Next page', () => turn(answer ? nextPage(state, answer) : null), '.'),
  ]);
}

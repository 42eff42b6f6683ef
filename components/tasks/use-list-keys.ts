'use client';

import { type Binding, useKeys } from '@/components/ui/keys';
import { copyText } from '@/components/ui/toast';
import type { ListState } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';
import { excluded, filtered } from './filters';
import { nextPage, previousPage } from './paging';
import { fullAddress } from './row-actions';
import type { RowFocus } from './use-row-focus';
import type { Selection } from './use-selection';

type Parts = {
  answer: TaskListAnswer | undefined;
  state: ListState;
  focus: RowFocus;
  selection: Selection;
  onShowNew: () => void;
  onPause: () => void;
  /** The task with the focus, or what is selected. */
  onStop: (task: TaskAnswer | undefined) => void;
};

/** The keys of the task list. */
export function useListKeys({ answer, state, focus, selection, onShowNew, onPause, onStop }: Parts): void {
  const { go } = useListState();
  const onCurrent = (act: (task: TaskAnswer) => void) => () => {
    const task = focus.task();
    if (task) act(task);
  };
  const turn = (to: ListState | null) => {
    if (to) go(to);
  };
  const byValue = (change: typeof filtered) => () => {
    const cell = focus.value();
    if (cell) go({ ...state, search: change(state.search, cell.field, cell.value), page: 1, cursor: '' });
  };

  const bind = (name: string, run: Binding['run'], ...keys: string[]): Binding[] =>
    keys.map((key) => ({ key, name, run, where: 'List' as const }));
  // What the browser or the part with the focus does by itself.
  const told = (key: string, name: string): Binding => ({ key, name, where: 'List', run: () => {}, native: true });
  useKeys([
    ...bind('Next task', () => focus.move(1), 'j', 'ArrowDown'),
    ...bind('Task before', () => focus.move(-1), 'k', 'ArrowUp'),
    ...bind('Value to the right', () => focus.moveWithin(1), 'ArrowRight'),
    ...bind('Value to the left', () => focus.moveWithin(-1), 'ArrowLeft'),
    ...bind('First task', () => focus.moveTo(0), 'Home'),
    ...bind('Last task', () => focus.moveTo(Number.POSITIVE_INFINITY), 'End'),
    told('Enter', 'Open'),
    told('Ctrl Enter', 'Open in a new tab'),
    ...bind(
      'Select',
      onCurrent((task) => selection.toggle(task, false)),
      'x',
    ),
    ...bind(
      'Select to here',
      onCurrent((task) => selection.toggle(task, true)),
      'Shift X',
    ),
    ...bind('Select all on this page', selection.togglePage, 'a'),
    ...(selection.count > 0 ? bind('Select none', selection.clear, 'Escape') : []),
    ...bind('Only tasks with this value', byValue(filtered), 'f'),
    ...bind('Leave this value out', byValue(excluded), 'Shift F'),
    ...bind(
      'Copy link',
      onCurrent((task) => void copyText(fullAddress(task), 'Link')),
      'c',
    ),
    ...bind('Stop …', () => onStop(focus.task()), 's'),
    ...bind('Show new tasks', onShowNew, 'n'),
    ...bind('Pause or go on', onPause, 'p'),
    ...bind('Page before', () => turn(previousPage(state)), ','),
    ...bind('Next page', () => turn(answer ? nextPage(state, answer) : null), '.'),
    told('Shift ArrowRight', 'Wider column, on its head'),
    told('Shift ArrowLeft', 'Narrower column, on its head'),
    told('Ctrl Shift ArrowRight', 'Move the column, on its head'),
  ]);
}

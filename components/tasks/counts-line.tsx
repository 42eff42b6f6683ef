'use client';

import { memo } from 'react';
import { Icon } from '@/components/ui/icon';
import { countText } from '@/lib/client/format-time';
import type { ListState } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskListAnswer } from '@/lib/contract/task';
import type { TaskResult } from '@/lib/domain/task-result';
import { excluded, toggledIn, valuesIn } from './filters';
import { ResultIcon } from './result-icon';
import { StateLink } from './state-link';
import { aboutText, useValues } from './use-values';

/** What needs attention first; success, which is ground, last. */
const RESULTS_SHOWN = ['pending', 'error', 'warning', 'partial', 'cancelled', 'unknown', 'success'] as const;
const RESULT_ALONE = ['result'] as const;

const about = (n: number, exact: boolean): string => (exact ? countText(n) : `more than ${countText(n)}`);

type Props = { answer: TaskListAnswer; state: ListState; newCount: number; onShowNew: () => void };

/**
 * How many the search finds, and how they ended: each number a filter. At the right how many are kept, or the new ones
 * that wait in the same place.
 */
export const CountsLine = memo(function CountsLine({ answer, state, newCount, onShowNew }: Props) {
  const { subtotal, subtotal_is_exact: exact, total, total_is_exact: totalExact } = answer;
  const counts = useValues(state.search, RESULT_ALONE)?.result ?? [];
  const { chosen } = valuesIn(state.search, 'result');
  const shown = RESULTS_SHOWN.flatMap((result) => {
    const found = counts.find(({ value }) => value === result);
    if (!found && !chosen.includes(result)) return [];
    return [{ result, told: found ? aboutText(found) : '0' }];
  });
  return (
    <div className="flex h-7 items-center gap-2 text-12 text-ink-2 touch:h-10">
      <div className="scroll-fade flex h-full min-w-0 flex-1 items-center gap-0.5 overflow-x-auto whitespace-nowrap">
        <span className="pr-1.5">
          <b className="font-strong text-ink">{about(subtotal, exact)}</b> {subtotal === 1 ? 'task' : 'tasks'}
        </span>
        {shown.length > 0 && <span className="mr-1 h-3.5 w-px shrink-0 bg-line-strong" />}
        {shown.map(({ result, told }) => (
          <ResultCount key={result} result={result} told={told} chosen={chosen.includes(result)} state={state} />
        ))}
      </div>
      {newCount > 0 ? (
        <button
          type="button"
          onClick={onShowNew}
          className="relative inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full bg-ink px-2.5 font-strong whitespace-nowrap text-bg touch:h-8 touch:px-4 touch:after:absolute touch:after:-inset-1"
        >
          <Icon name="up" size={14} />
          {countText(newCount)} new {newCount === 1 ? 'task' : 'tasks'}
          <kbd className="border-current bg-transparent text-current opacity-70 touch:hidden">n</kbd>
        </button>
      ) : (
        total !== subtotal && (
          <span className="shrink-0 text-ink-3 max-md:hidden">of {about(total, totalExact)} kept</span>
        )
      )}
    </div>
  );
});

type CountProps = { result: TaskResult; told: string; chosen: boolean; state: ListState };

function ResultCount({ result, told, chosen, state }: CountProps) {
  const { go } = useListState();
  const to = (search: string): ListState => ({ ...state, search, page: 1, cursor: '' });
  const running = result === 'pending';
  return (
    <StateLink
      to={to(toggledIn(state.search, 'result', result))}
      onAltClick={() => go(to(excluded(state.search, 'result', result)))}
      current={chosen}
      title={`result = ${result}; with Alt all others`}
      className={`flex h-6 shrink-0 items-center gap-1.5 rounded-2 px-1.5 hover:bg-hover touch:h-10 ${chosen ? 'bg-accent-soft text-accent' : ''}`}
    >
      <ResultIcon state={running ? 'running' : 'stopped'} result={result} size={14} hidden />
      <b className={`font-strong ${chosen ? '' : 'text-ink'}`}>{told}</b> {running ? 'running' : result}
    </StateLink>
  );
}

'use client';

import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { ListState } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import { RESULTS } from '@/lib/domain/task-result';
import { excluded, letIn, toggledIn } from './filters';
import { ResultIcon } from './result-icon';
import { StateLink } from './state-link';
import type { ValueField } from './use-values';

type Props = {
  field: ValueField;
  value: string;
  /** How many tasks have it. */
  told: string;
  how: 'there' | 'chosen' | 'left';
  state: ListState;
};

/** A value that is a filter by a click, and is left out by one with Alt or by its cross. */
export function ValueRow({ field, value, told, how, state }: Props) {
  const { go } = useListState();
  const to = (search: string): ListState => ({ ...state, search, page: 1, cursor: '' });
  const leaveOut = () => go(to(excluded(state.search, field, value)));
  const result = field === 'result' ? RESULTS.find((one) => one === value) : undefined;
  return (
    <li className="group/value relative flex items-center">
      <StateLink
        to={to(how === 'left' ? letIn(state.search, field, value) : toggledIn(state.search, field, value))}
        onAltClick={leaveOut}
        current={how === 'chosen'}
        title={how === 'left' ? `Left out; a click lets ${value} in again` : `${field} = ${value}; with Alt all others`}
        className={`grid min-h-6.5 min-w-0 flex-1 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-2 px-3.5 text-[12.5px] hover:bg-hover touch:min-h-10 ${how === 'chosen' ? 'bg-accent-soft font-strong text-accent' : 'text-ink-2'}`}
      >
        {result ? (
          <ResultIcon state={result === 'pending' ? 'running' : 'stopped'} result={result} size={14} hidden />
        ) : (
          <span className="text-accent">{how === 'chosen' && <Icon name="check" size={14} />}</span>
        )}
        <span className={`truncate ${how === 'left' ? 'text-ink-3 line-through' : ''}`}>{value}</span>
        <span className="text-12 font-normal text-ink-3 group-focus-within/value:pr-6 group-hover/value:pr-6 touch:pr-8">
          {told}
        </span>
      </StateLink>
      {how !== 'left' && (
        <IconButton
          icon="x"
          iconSize={14}
          label={`Leave out ${value}`}
          className="absolute right-1.5 size-6 opacity-0 group-hover/value:opacity-100 focus-visible:opacity-100 touch:size-10 touch:opacity-100"
          onClick={leaveOut}
        />
      )}
    </li>
  );
}

import { useEffect, useRef } from 'react';
import { ResultIcon } from '@/components/tasks/result-icon';
import { Icon } from '@/components/ui/icon';
import { countText } from '@/lib/client/format-time';
import type { Caret } from '@/lib/domain/search/caret';
import { RESULTS, STATES } from '@/lib/domain/task-result';
import type { Suggestion } from './use-completion';

type Props = {
  id: string;
  rows: readonly Suggestion[];
  active: number;
  asked: Caret['asked'];
  onTake: (row: Suggestion) => void;
};

export const optionId = (listId: string, at: number): string => `${listId}-${at}`;

/** What could be written at the caret. The focus stays in the field, so a press of the mouse must not take it. */
export function CompletionList({ id, rows, active, asked, onTake }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const field = asked.what === 'value' ? asked.field.name : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus where it is
    <div
      onMouseDown={(event) => event.preventDefault()}
      className="w-[344px] max-w-full overflow-hidden rounded-3 bg-raised font-sans text-13 tracking-normal whitespace-nowrap shadow-pop"
    >
      {field && rows.some(({ count }) => count !== null) && (
        <div className="flex justify-between px-3 pt-2 pb-1 text-11 font-medium text-ink-3">
          <span className="mono">{field}</span>
          <span>in this search</span>
        </div>
      )}
      <div ref={list} id={id} role="listbox" aria-label="Suggestions" className="max-h-[40vh] overflow-y-auto py-1">
        {rows.map((row, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
          <div
            key={`${row.kind} ${row.name ?? row.token}`}
            id={optionId(id, at)}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            onClick={() => onTake(row)}
            className={`flex h-7 cursor-pointer items-center gap-2 px-3 touch:h-10 ${at === active ? 'bg-selected' : 'hover:bg-hover'}`}
          >
            <RowIcon row={row} field={field} />
            <span className="min-w-0 truncate">{row.name ?? row.token}</span>
            <span className="ml-auto shrink-0 pl-5 text-12 text-ink-3">{asideOf(row)}</span>
          </div>
        ))}
      </div>
      <div
        aria-hidden="true"
        className="flex gap-3 border-t border-line bg-rail px-3 py-1.5 text-11 text-ink-3 touch:hidden"
      >
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Tab</kbd> insert
        </span>
        <span>
          <kbd>↵</kbd> search
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
      </div>
    </div>
  );
}

/** How many tasks have it, else what it is where that is not plain. */
function asideOf({ kind, count, exact }: Suggestion): string {
  if (count !== null) return `${countText(count)}${exact ? '' : '+'}`;
  return kind === 'search' ? 'saved search' : '';
}

/** The shape of a state or result, so that a value looks as it does in the list. */
function RowIcon({ row, field }: { row: Suggestion; field: string | null }) {
  if (row.kind === 'search') return <Icon name="search" size={14} className="text-ink-3" />;
  const result = field === 'result' ? RESULTS.find((one) => one === row.token) : undefined;
  if (result)
    return <ResultIcon state={result === 'pending' ? 'running' : 'stopped'} result={result} size={14} hidden />;
  const state = field === 'state' ? STATES.find((one) => one === row.token) : undefined;
  return state ? (
    <ResultIcon state={state} result={state === 'stopped' ? 'success' : 'pending'} size={14} hidden />
  ) : null;
}

import { useId, useState } from 'react';
import { ResultIcon } from '@/components/tasks/result-icon';
import { Icon } from '@/components/ui/icon';
import { RESULTS } from '@/lib/domain/task-result';
import type { ChipField } from './chip-fields';

type Props = {
  field: ChipField;
  values: readonly string[];
  chosen: readonly string[];
  /** Values beyond those listed can be typed. */
  open: boolean;
  onToggle: (value: string) => void;
};

/** The values of a field, those in the search with a check; a click adds or removes one. */
export function ValueList({ field, values, chosen, open, onToggle }: Props) {
  const [typed, setTyped] = useState('');
  const inputId = useId();
  const wanted = typed.trim().toLowerCase();
  const listed = [...new Set([...values, ...chosen])].filter((value) => value.toLowerCase().includes(wanted));
  return (
    <>
      {open && (
        <form
          className="px-2 py-1"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') onToggle(listed.length === 1 && listed[0] ? listed[0] : typed.trim());
            setTyped('');
          }}
        >
          <label htmlFor={inputId} className="sr-only">
            Another {field}
          </label>
          <input
            id={inputId}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={`Find or type a ${field}`}
            autoComplete="off"
            spellCheck={false}
            className="h-(--ctl) w-full rounded-2 border border-line-strong bg-bg px-2"
          />
        </form>
      )}
      {listed.map((value) => (
        <label
          key={value}
          className="relative flex min-h-(--ctl) cursor-pointer items-center gap-2 px-3 hover:bg-hover has-focus-visible:bg-selected"
        >
          <input
            type="checkbox"
            className="sr-only"
            checked={chosen.includes(value)}
            onChange={() => onToggle(value)}
          />
          <span className="grid size-4 shrink-0 place-items-center">
            {chosen.includes(value) && <Icon name="check" />}
          </span>
          {field === 'result' && <ResultMark value={value} />}
          <span className="min-w-0 flex-1 truncate">{value}</span>
        </label>
      ))}
    </>
  );
}

function ResultMark({ value }: { value: string }) {
  const result = RESULTS.find((one) => one === value);
  return result ? <ResultIcon state={result === 'pending' ? 'running' : 'stopped'} result={result} hidden /> : null;
}

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { PRESETS, startedWithin } from './started';

type Props = { search: string; onSearch: (text: string) => void };

/** When tasks started: a time that is one click away, or whole days from and to. */
export function DatePresets({ search, onSearch }: Props) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const bounds = [
    ...(from === '' ? [] : [{ op: '>=' as const, value: from }]),
    ...(to === '' ? [] : [{ op: '<=' as const, value: to }]),
  ];
  return (
    <>
      {PRESETS.map(({ name, bound }) => (
        <button
          key={name}
          type="button"
          onClick={() => onSearch(startedWithin(search, [bound]))}
          className="flex min-h-(--ctl) w-full items-center px-3 text-left hover:bg-hover focus-visible:bg-selected"
        >
          {name}
        </button>
      ))}
      <form
        className="mt-1 flex flex-col gap-1.5 border-t border-line px-3 pt-2 pb-1"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(startedWithin(search, bounds));
        }}
      >
        <DayField label="From" value={from} max={to} onChange={setFrom} />
        <DayField label="To" value={to} min={from} onChange={setTo} />
        <Button type="submit" disabled={bounds.length === 0}>
          Show these days
        </Button>
      </form>
    </>
  );
}

type DayProps = { label: string; value: string; min?: string; max?: string; onChange: (day: string) => void };

function DayField({ label, value, onChange, ...limits }: DayProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="w-10 text-ink-2">
        {label}
      </label>
      <input
        id={id}
        type="date"
        {...limits}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-(--ctl) min-w-0 flex-1 rounded-2 border border-line-strong bg-bg px-2"
      />
    </div>
  );
}

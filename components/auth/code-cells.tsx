'use client';

import { useState } from 'react';

const CELLS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

type Props = {
  id: string;
  value: string;
  onChange: (code: string) => void;
  describedBy: string | undefined;
};

/** One field for a code of six digits, drawn as six cells: pasting and autofill work, and it reads as one. */
export function CodeCells({ id, value, onChange, describedBy }: Props) {
  const [focused, setFocused] = useState(false);
  const at = Math.min(value.length, CELLS.length - 1);
  return (
    <div className="relative">
      <input
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, CELLS.length))}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        inputMode="numeric"
        autoComplete="one-time-code"
        aria-describedby={describedBy}
        required
        pattern="\d{6}"
        title="Six digits"
        className="absolute inset-0 z-1 cursor-text rounded-2 text-transparent caret-transparent opacity-0"
      />
      <div aria-hidden="true" className="grid grid-cols-6 gap-1.5">
        {CELLS.map((cell, place) => (
          <span
            key={cell}
            className={`grid h-11 place-items-center rounded-2 border font-mono text-[18px] leading-none font-medium ${
              focused && place === at ? 'border-accent ring-3 ring-accent-soft' : 'border-line-strong'
            }`}
          >
            {value[place] ?? (focused && place === at ? <i className="h-5 w-[1.5px] bg-ink" /> : '')}
          </span>
        ))}
      </div>
    </div>
  );
}

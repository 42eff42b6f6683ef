'use client';

import { useState } from 'react';
import { Icon } from '@/components/ui/icon';
import type { ListState } from '@/lib/client/list-state';
import { valuesIn } from './filters';
import { aboutText, type ValueField } from './use-values';
import { ValueRow } from './value-row';

/** So many values stand there at once; the others are one click away. */
const AT_FIRST = 6;

type Props = {
  field: ValueField;
  values: readonly { value: string; count: number; exact: boolean }[];
  state: ListState;
};

/** One field with its values, most frequent first; those in the search are always among them. */
export function ValueSection({ field, values, state }: Props) {
  const [folded, setFolded] = useState(false);
  const [whole, setWhole] = useState(false);
  const { chosen, left } = valuesIn(state.search, field);
  const inSearch = new Set([...chosen, ...left]);
  const unseen = [...inSearch].filter((value) => !values.some((one) => one.value === value));
  const all = [
    ...values.map((one) => ({ value: one.value, told: aboutText(one) })),
    ...unseen.map((value) => ({ value, told: left.includes(value) ? '' : '0' })),
  ];
  const shown = whole ? all : all.filter(({ value }, at) => at < AT_FIRST || inSearch.has(value));
  return (
    <section className="border-b border-line-soft py-1.5 last:border-0">
      <h3>
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
          className="flex h-6.5 w-full items-center gap-1.5 px-3.5 text-11 font-medium text-ink-3 hover:text-ink touch:h-10"
        >
          <Icon name={folded ? 'right' : 'down'} size={14} />
          {field}
          {folded && inSearch.size > 0 && <span className="text-accent">{inSearch.size}</span>}
        </button>
      </h3>
      {!folded && (
        <ul>
          {shown.map(({ value, told }) => (
            <ValueRow
              key={value}
              {...{ field, value, told, state }}
              how={chosen.includes(value) ? 'chosen' : left.includes(value) ? 'left' : 'there'}
            />
          ))}
        </ul>
      )}
      {!folded && (all.length > shown.length || whole) && all.length > AT_FIRST && (
        <button
          type="button"
          onClick={() => setWhole(!whole)}
          className="ml-8 h-6.5 text-12 text-ink-3 hover:text-ink touch:h-10"
        >
          {whole ? 'fewer' : `${all.length - shown.length} more`}
        </button>
      )}
    </section>
  );
}

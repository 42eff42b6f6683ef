'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { isQueryError } from '@/lib/domain/search/errors';
import { FIELDS } from '@/lib/domain/search/fields';
import { isOrderField, parseOrder, printOrder } from '@/lib/domain/search/order';

type Props = { order: string; onOrder: (order: string) => void; onClose: () => void };

/** The order of the list as text, for fields that have no column. */
export function OrderField({ order, onOrder, onClose }: Props) {
  const [text, setText] = useState(order);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-rail px-3.5 py-1.5 text-12 md:px-5"
      onSubmit={(event) => {
        event.preventDefault();
        try {
          onOrder(printOrder(parseOrder(text)));
          onClose();
        } catch (error) {
          if (!isQueryError(error)) throw error;
          setProblem(error.message);
        }
      }}
    >
      <label htmlFor={id} className="text-ink-3">
        Order by
      </label>
      <input
        id={id}
        ref={field}
        list={`${id}-fields`}
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
        autoComplete="off"
        spellCheck={false}
        className="mono h-(--ctl) w-56 rounded-2 border border-line-strong bg-bg px-2 aria-invalid:border-error"
      />
      <datalist id={`${id}-fields`}>
        {FIELDS.filter(({ name }) => isOrderField(name)).flatMap(({ name }) => [
          <option key={name} value={`${name} ASC`} />,
          <option key={`${name} down`} value={`${name} DESC`} />,
        ])}
      </datalist>
      <Button type="submit">Sort</Button>
      <IconButton icon="x" label="Close" onClick={onClose} />
      <span id={`${id}-problem`} role="alert" className="text-error">
        {problem}
      </span>
    </form>
  );
}

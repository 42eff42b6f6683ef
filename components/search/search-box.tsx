'use client';

import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { useKeys } from '@/components/ui/keys';
import { printValue } from '@/lib/domain/search/print';
import { HighlightedText } from './highlighted-text';
import { QueryError } from './query-error';
import { type Refusal, readSearch } from './read-search';
import { type SearchBy, useTypedSearch } from './use-typed-search';

type Props = {
  /** The search of the address. */
  value: string;
  onSearch: (text: string, by: SearchBy) => void;
  /** What the server said against `value`, if it did. */
  error: Refusal | null;
  notices: readonly { code: string; message: string }[];
};

// The drawn text lies over the field's own, so both must have the same metrics to the pixel.
const METRICS = 'font-mono text-[12.5px] leading-6 tracking-tight whitespace-pre';

/** One field for a search, always text: coloured in place, searched while it is typed, refused in place. */
export function SearchBox({ value, onSearch, error: told, notices }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const isReadable = (next: string) => readSearch(next).error === null;
  const { text, settled, type, enter } = useTypedSearch({ value, onSearch, isReadable });
  const reading = useMemo(() => readSearch(text), [text]);
  const error = settled ? (reading.error ?? (text === value ? told : null)) : null;
  const shown = text === value && notices.length > 0 ? notices : reading.notices;

  const [shift, setShift] = useState(0);
  const follow = () => setShift(field.current?.scrollLeft ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text can scroll the field without an event
  useLayoutEffect(follow, [text]);

  useKeys([{ key: '/', name: 'Search', where: 'List', run: () => field.current?.select() }]);

  const take = (refusal: Refusal, suggestion: string) => {
    const { position, length } = refusal;
    enter(text.slice(0, position) + written(suggestion) + text.slice(position + length));
    field.current?.focus();
  };

  return (
    <div className="flex flex-col gap-1">
      <search
        className={`flex h-9 items-center gap-2 rounded-3 border bg-bg pr-1.5 pl-2.5 touch:h-10 ${
          error
            ? 'border-error'
            : 'border-line-strong focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)]'
        }`}
      >
        <Icon name="search" className="text-ink-3" />
        <div className="relative h-6 min-w-0 flex-1 overflow-hidden">
          <input
            ref={field}
            type="text"
            aria-label="Search tasks"
            aria-invalid={error !== null}
            {...(error ? { 'aria-errormessage': errorId, 'aria-describedby': errorId } : {})}
            placeholder="Search, as in result = error and started_at > yesterday"
            autoCapitalize="none"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            value={text}
            onChange={(event) => type(event.target.value)}
            onScroll={follow}
            onSelect={follow}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter') enter(text);
              else if (event.key === 'Escape') field.current?.blur();
            }}
            className={`absolute inset-0 w-full bg-transparent caret-ink outline-none ${METRICS} ${text === '' ? '' : 'text-transparent'}`}
          />
          <div aria-hidden="true" className={`pointer-events-none absolute inset-y-0 left-0 ${METRICS}`}>
            <div style={{ transform: `translateX(${-shift}px)` }}>
              <HighlightedText text={text} refused={error} />
            </div>
          </div>
        </div>
        {text !== '' && (
          <button
            type="button"
            aria-label="Clear the search"
            title="Clear the search"
            onClick={() => {
              enter('');
              field.current?.focus();
            }}
            className="grid size-(--ctl) place-items-center rounded-2 text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Icon name="x" />
          </button>
        )}
        <span className="hidden md:block" aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </search>
      {error && <QueryError id={errorId} error={error} onTake={(suggestion) => take(error, suggestion)} />}
      {!error && shown.length > 0 && <Notices notices={shown} />}
    </div>
  );
}

/** A suggestion as it is written in a search: operators as they are, anything else quoted when it must be. */
const written = (suggestion: string): string =>
  /^[=!~<>^]+$/.test(suggestion) ? suggestion : printValue({ text: suggestion });

const REPAIRS = new Set(['dangling_connective', 'unclosed_paren', 'unclosed_quote']);

function Notices({ notices }: Pick<Props, 'notices'>) {
  return (
    <p role="status" className="py-0.5 text-12">
      {notices.map(({ code, message }) => (
        <span key={code} className={REPAIRS.has(code) ? 'text-warning' : 'text-ink-3'}>
          {message}{' '}
        </span>
      ))}
    </p>
  );
}

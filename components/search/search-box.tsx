'use client';

import { type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useKeys } from '@/components/ui/keys';
import { printValue } from '@/lib/domain/search/print';
import { CompletionList, optionId } from './completion-list';
import { HighlightedText } from './highlighted-text';
import { QueryError } from './query-error';
import { type Refusal, readSearch } from './read-search';
import { SearchAids } from './search-aids';
import { useCompletion } from './use-completion';
import { useNoteSearch } from './use-note-search';
import { type SearchBy, useTypedSearch } from './use-typed-search';

type Props = {
  /** The search of the address. */
  value: string;
  onSearch: (text: string, by: SearchBy) => void;
  /** What the server said against `value`, if it did. */
  error: Refusal | null;
  notices: readonly { code: string; message: string }[];
  /** Stands at the end of the field. */
  aside?: ReactNode;
};

// The drawn text lies over the field's own, so both must have the same metrics to the pixel.
const METRICS = 'font-mono text-[12.5px] leading-6 tracking-tight whitespace-pre';

/** One field for a search, always text: coloured in place, searched while it is typed, refused in place. */
export function SearchBox({ value, onSearch, error: told, notices, aside }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [errorId, listId] = [useId(), useId()];
  const isReadable = (next: string) => readSearch(next).error === null;
  const note = useNoteSearch();
  const search = (next: string, by: SearchBy) => {
    note(next, by);
    onSearch(next, by);
  };
  const { text, settled, type, enter } = useTypedSearch({ value, onSearch: search, isReadable });
  const reading = useMemo(() => readSearch(text), [text]);
  const refusal = settled ? (reading.error ?? (text === value ? told : null)) : null;
  const shown = text === value && notices.length > 0 ? notices : reading.notices;

  const [shift, setShift] = useState(0);
  const [caret, setCaret] = useState(value.length);
  const written = useRef<number | null>(null);
  const follow = () => {
    setShift(field.current?.scrollLeft ?? 0);
    setCaret(field.current?.selectionEnd ?? text.length);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text can scroll the field without an event
  useLayoutEffect(() => {
    if (written.current !== null) field.current?.setSelectionRange(written.current, written.current);
    written.current = null;
    follow();
  }, [text]);
  const completion = useCompletion({
    text,
    caret: Math.min(caret, text.length),
    write: (next, at) => {
      written.current = at;
      setCaret(at);
      type(next);
    },
  });
  const { rows, active, place } = completion;
  // What is missing where completion offers it is no mistake yet.
  const error = refusal && rows.length > 0 && refusal.position >= place.start ? null : refusal;
  const begin = (next: string) => {
    completion.close();
    enter(next);
  };

  useKeys([{ key: '/', name: 'Search', where: 'List', run: () => field.current?.select() }]);

  const take = (refusal: Refusal, suggestion: string) => {
    const { position, length } = refusal;
    begin(text.slice(0, position) + inSearch(suggestion) + text.slice(position + length));
    field.current?.focus();
  };

  return (
    <div className="flex flex-col gap-1">
      <search
        className={`relative flex h-9 items-center gap-2 rounded-3 border bg-bg pr-1.5 pl-2.5 touch:h-10 ${
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
            role="combobox"
            aria-label="Search tasks"
            aria-autocomplete="list"
            aria-expanded={rows.length > 0}
            {...(rows.length > 0 ? { 'aria-controls': listId, 'aria-activedescendant': optionId(listId, active) } : {})}
            aria-invalid={error !== null}
            {...(error ? { 'aria-errormessage': errorId, 'aria-describedby': errorId } : {})}
            placeholder="Search, as in result = error and started_at > yesterday"
            autoCapitalize="none"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            value={text}
            onChange={(event) => {
              setCaret(event.target.selectionEnd ?? event.target.value.length);
              completion.open();
              type(event.target.value);
            }}
            onFocus={() => text === '' && completion.open()}
            onBlur={completion.close}
            onScroll={follow}
            onSelect={follow}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              completion.onKeyDown(event);
              if (event.defaultPrevented) return;
              if (event.key === 'Enter') begin(text);
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
          <IconButton
            icon="x"
            label="Clear the search"
            onClick={() => {
              begin('');
              field.current?.focus();
            }}
          />
        )}
        {aside}
        <SearchAids onSearch={begin} />
        <span className="hidden md:block" aria-hidden="true">
          <kbd>/</kbd>
        </span>
        {rows.length > 0 && (
          <div
            // In the field's own font, so that its letters place the list under the word it completes.
            style={{ left: `max(0px, min(34px + ${place.start} * (1ch - 0.01em) - ${shift}px, 100% - 344px))` }}
            className={`absolute top-full z-30 mt-1 max-w-full ${METRICS}`}
          >
            <CompletionList
              {...{ id: listId, rows, active, asked: place.asked }}
              onTake={(row) => {
                completion.accept(row);
                field.current?.focus();
              }}
            />
          </div>
        )}
      </search>
      {error && <QueryError id={errorId} error={error} onTake={(suggestion) => take(error, suggestion)} />}
      {!error && shown.length > 0 && <Notices notices={shown} />}
    </div>
  );
}

/** A suggestion as it is written in a search: operators as they are, anything else quoted when it must be. */
const inSearch = (suggestion: string): string =>
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

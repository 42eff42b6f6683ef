'use client';

import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { logGeometry, rowsOfLine } from '@/lib/client/log-geometry';
import type { LogSnapshot, LogStore } from '@/lib/client/log-store';
import { shownText } from '@/lib/domain/log/shown-text';
import type { LineRange } from './line-range';
import { LogRow } from './log-row';
import { NewLinesPill } from './new-lines-pill';
import { gutterPx, useColumns } from './use-columns';
import { useLogWindow } from './use-log-window';
import { useNarrow } from './use-narrow';

type Props = {
  store: LogStore;
  snapshot: LogSnapshot;
  wrap: boolean;
  follow: boolean;
  onFollow(follow: boolean): void;
  running: boolean;
  /** Where to open: at the end, at the top, or at a line; lines that the address names come first. */
  openAt: 'top' | 'end' | number;
  chosen: LineRange | undefined;
  onChoose(line: number, extend: boolean): void;
};

/** The lines of a log as numbered rows. Only what is in view is drawn, so that its length does not matter. */
export function LogView({ store, snapshot, wrap, follow, onFollow, running, openAt, chosen, onChoose }: Props) {
  const { total } = snapshot;
  const [columns, setColumns] = useState(120);
  const geometry = useMemo(() => {
    if (!wrap) return logGeometry(total);
    // The snapshot is what changes when lines are loaded; the store itself stays the same object.
    void snapshot;
    return logGeometry(total, (page) =>
      store.page(page)?.map((line) => (line === undefined ? 1 : rowsOfLine(shownText(line), columns))),
    );
  }, [store, snapshot, total, wrap, columns]);
  const view = useLogWindow(geometry);
  const gutter = gutterPx(total, useNarrow());
  const measured = useColumns(view.scroller, gutter);
  useEffect(() => setColumns(measured), [measured]);

  const { first, last } = view;
  useEffect(() => {
    if (total > 0) store.need(Math.max(first, 1), Math.min(last, total));
  }, [store, first, last, total]);

  const { scrollToEnd, scrollToLine } = view;
  const [opened, setOpened] = useState(false);
  useLayoutEffect(() => {
    if (opened || total === 0) return;
    setOpened(true);
    if (chosen) scrollToLine(chosen.from);
    else if (openAt === 'end') scrollToEnd();
    else if (openAt !== 'top') scrollToLine(openAt);
  }, [opened, total, chosen, openAt, scrollToEnd, scrollToLine]);

  useLayoutEffect(() => {
    if (follow && opened) scrollToEnd();
  }, [follow, opened, scrollToEnd]);

  const [seenTotal, setSeenTotal] = useState(0);
  if (view.atEnd && seenTotal !== total) setSeenTotal(total);

  const onScroll = () => {
    view.onScroll();
    const element = view.scroller.current;
    if (!element || !running) return;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 24;
    if (atEnd !== follow) onFollow(atEnd);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'End' && running) onFollow(true);
    if (event.key === 'End') scrollToEnd();
    else if (event.key === 'Home') scrollToLine(1);
    else return;
    event.preventDefault();
  };

  const onClick = useCallback(
    (event: MouseEvent) => {
      const number = (event.target as Element).closest<HTMLElement>('[data-line]')?.dataset.line;
      if (!number || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      onChoose(Number(number), event.shiftKey);
    },
    [onChoose],
  );

  const rows = [];
  for (let n = first; n > 0 && n <= last; n++) {
    const isChosen = chosen !== undefined && n >= chosen.from && n <= chosen.to;
    const isGrowing = running && n === total;
    rows.push(<LogRow key={n} n={n} text={store.line(n)} wrap={wrap} chosen={isChosen} growing={isGrowing} />);
  }

  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={view.scroller}
        role="log"
        aria-live="off"
        aria-label={`Log, ${total} lines`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
        data-testid="log"
        className="mono min-h-0 flex-1 overflow-auto leading-[20px] [overflow-anchor:none]"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div className="relative" style={{ height: view.spacerPx, '--gutter': `${gutter}px` } as CSSProperties}>
          <div
            className={`absolute top-0 left-0 ${wrap ? 'w-full' : 'w-max min-w-full'}`}
            style={{ transform: `translateY(${view.shiftPx}px)` }}
          >
            {rows}
          </div>
        </div>
      </div>
      {running && !follow && total > seenTotal ? (
        <NewLinesPill
          count={total - seenTotal}
          onPress={() => {
            onFollow(true);
            scrollToEnd();
          }}
        />
      ) : null}
    </div>
  );
}

'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type LogGeometry, ROW_PX, spacerOf } from '@/lib/client/log-geometry';

/** Rows drawn above and below what is seen, so that a quick scroll does not show blanks. */
const OVERSCAN_PX = 15 * ROW_PX;

export type LogWindow = {
  scroller: RefObject<HTMLDivElement | null>;
  /** First and last line to draw; 0 and 0 of an empty log. */
  first: number;
  last: number;
  /** First line that is really seen. */
  seen: number;
  /** Height of the scrolled element and where the rows stand in it. */
  spacerPx: number;
  shiftPx: number;
  atEnd: boolean;
  onScroll(): void;
  scrollToEnd(): void;
  /** Brings a line to a third of the view's height. */
  scrollToLine(line: number): void;
};

/** Which lines of a log are in view, at any length: only they are drawn. Heights come from the geometry, nothing is measured. */
export function useLogWindow(geometry: LogGeometry): LogWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrolled: 0, height: 600 });
  const spacer = useMemo(() => spacerOf(geometry.height, view.height), [geometry.height, view.height]);
  const top = view.scrolled * spacer.ratio;
  const first = geometry.total === 0 ? 0 : geometry.lineAt(Math.max(top - OVERSCAN_PX, 0));
  const last = geometry.total === 0 ? 0 : geometry.lineAt(top + view.height + OVERSCAN_PX);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element) setView((now) => ({ ...now, scrolled: element.scrollTop }));
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setView({ scrolled: element.scrollTop, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scrollTo = useCallback(
    (px: number) => {
      const element = scroller.current;
      if (!element) return;
      element.scrollTop = px / spacer.ratio;
      onScroll();
    },
    [spacer.ratio, onScroll],
  );

  // A height that changed above the reader (lines that turned out to wrap) must not move what is read.
  const anchor = useRef({ line: 0, within: 0 });
  useLayoutEffect(() => {
    const { line, within } = anchor.current;
    if (line > 0 && line <= geometry.total && spacer.ratio === 1) {
      const element = scroller.current;
      const due = geometry.topOf(line) + within;
      if (element && Math.abs(element.scrollTop - due) > 1) scrollTo(due);
    }
  }, [geometry, spacer.ratio, scrollTo]);
  const seen = geometry.lineAt(top);
  useEffect(() => {
    anchor.current = { line: seen, within: seen > 0 ? top - geometry.topOf(seen) : 0 };
  });

  return {
    scroller,
    first,
    last,
    seen,
    spacerPx: spacer.height,
    shiftPx: first === 0 ? 0 : view.scrolled - (top - geometry.topOf(first)),
    atEnd: top + view.height >= geometry.height - ROW_PX,
    onScroll,
    scrollToEnd: useCallback(() => {
      anchor.current = { line: 0, within: 0 };
      scrollTo(geometry.height);
    }, [geometry.height, scrollTo]),
    scrollToLine: useCallback(
      (line: number) => {
        anchor.current = { line: 0, within: 0 };
        scrollTo(Math.max(geometry.topOf(line) - view.height / 3, 0));
      },
      [geometry, scrollTo, view.height],
    ),
  };
}

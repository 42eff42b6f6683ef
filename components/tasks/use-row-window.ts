'use client';

import { type RefObject, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ListRow } from './list-rows';

const DAY_PX = 26;
const PHONE_ROW_PX = 56;
/** A page of so many rows is drawn whole: the browser finds text in it, and it costs nothing. */
const DRAWN_WHOLE = 120;
/** Rows drawn above and below what is seen. */
const OVERSCAN = 24;
/** How far one scrolls before other rows are drawn. */
const STEP = 8;

type View = { top: number; height: number; phone: boolean; whole: boolean };

/** Which rows of the table are drawn: all of a short page, else those near what is seen. Heights are known, not measured. */
export function useRowWindow(rows: readonly ListRow[], rowPx: number, scroller: RefObject<HTMLElement | null>) {
  const [view, setView] = useState<View>({ top: 0, height: 900, phone: false, whole: false });
  const px = view.phone ? PHONE_ROW_PX : rowPx;
  const tops = useMemo(() => {
    const all = [0];
    for (const { kind } of rows) all.push((all.at(-1) ?? 0) + (kind === 'day' ? DAY_PX : px));
    return all;
  }, [rows, px]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const phone = window.matchMedia('(width < 768px)');
    const look = () => {
      const step = STEP * rowPx;
      const next = { top: Math.floor(element.scrollTop / step) * step, height: element.clientHeight };
      setView((now) =>
        now.top === next.top && now.height === next.height && now.phone === phone.matches
          ? now
          : { ...now, ...next, phone: phone.matches },
      );
    };
    const print = (whole: boolean) => () => flushSync(() => setView((now) => ({ ...now, whole })));
    const printAll = print(true);
    const printed = print(false);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    window.addEventListener('beforeprint', printAll);
    window.addEventListener('afterprint', printed);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
      window.removeEventListener('beforeprint', printAll);
      window.removeEventListener('afterprint', printed);
    };
  }, [scroller, rowPx]);

  const whole = view.whole || rows.length <= DRAWN_WHOLE;
  const from = whole ? 0 : Math.max(rowAt(tops, view.top) - OVERSCAN, 0);
  const to = whole ? rows.length : Math.min(rowAt(tops, view.top + view.height) + OVERSCAN + STEP, rows.length);
  return { from, to, heightOf: (a: number, b: number) => (tops[b] ?? 0) - (tops[a] ?? 0) };
}

/** The row that a height in pixels falls into. */
function rowAt(tops: readonly number[], px: number): number {
  let low = 0;
  let high = Math.max(tops.length - 2, 0);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= px) low = middle;
    else high = middle - 1;
  }
  return low;
}

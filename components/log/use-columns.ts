'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Space at the right of a line, px. */
const AFTER_TEXT_PX = 20;
/** One digit of a line number, px, and what stands beside the digits. */
const DIGIT_PX = 7.2;

/** Width of the line numbers, px: enough for the last one, and what the design has for short logs. */
export const gutterPx = (lines: number, narrow: boolean): number =>
  Math.max(narrow ? 44 : 56, Math.ceil(String(lines).length * DIGIT_PX) + (narrow ? 14 : 26));
const SAMPLE = 100;

/** How many characters of the log's fixed width stand in one row of the scroller; follows its size and the font's loading. */
export function useColumns(scroller: RefObject<HTMLElement | null>, gutter: number): number {
  const [columns, setColumns] = useState(120);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const probe = document.createElement('span');
      probe.textContent = '0'.repeat(SAMPLE);
      probe.style.cssText = 'position:absolute;visibility:hidden;white-space:pre';
      element.append(probe);
      const width = probe.getBoundingClientRect().width / SAMPLE;
      probe.remove();
      if (width > 0) setColumns(Math.max(Math.floor((element.clientWidth - gutter - AFTER_TEXT_PX) / width), 10));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    void document.fonts?.ready.then(measure);
    return () => observer.disconnect();
  }, [scroller, gutter]);
  return columns;
}

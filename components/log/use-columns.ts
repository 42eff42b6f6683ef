'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Gutter at the left and space at the right of a line, px; the gutter is narrower on a phone. */
const besideText = () => (window.innerWidth < 768 ? 44 : 56) + 20;
const SAMPLE = 100;

/** How many characters of the log's fixed width stand in one row of the scroller; follows its size and the font's loading. */
export function useColumns(scroller: RefObject<HTMLElement | null>): number {
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
      if (width > 0) setColumns(Math.max(Math.floor((element.clientWidth - besideText()) / width), 10));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    void document.fonts?.ready.then(measure);
    return () => observer.disconnect();
  }, [scroller]);
  return columns;
}

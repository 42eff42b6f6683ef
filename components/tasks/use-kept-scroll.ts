'use client';

import { type RefObject, useEffect } from 'react';

type Kept = { top: number; link: string | null };

const MAX_KEPT = 50;
const kept = new Map<string, Kept>();
let wentBackAt = Number.NEGATIVE_INFINITY;
if (typeof window !== 'undefined') window.addEventListener('popstate', () => (wentBackAt = performance.now()));

/** How soon after going back a list must appear to be the one that was left. */
const BACK_MS = 3000;

/** Brings a list back to where it was, with its focused row, when one returns to it by the browser's Back. */
export function useKeptScroll(scroller: RefObject<HTMLElement | null>, address: string): void {
  useEffect(() => {
    const element = scroller.current;
    const before = kept.get(address);
    if (element && before && performance.now() - wentBackAt < BACK_MS) {
      element.scrollTop = before.top;
      const { link } = before;
      const focus = () =>
        element.querySelector<HTMLElement>(`a[href="${CSS.escape(link ?? '')}"]`)?.focus({ preventScroll: true });
      // Of a long list the rows that are seen now are drawn in the frame after the one that scrolls.
      if (link) requestAnimationFrame(() => requestAnimationFrame(focus));
    }
    const note = () => {
      const focused = document.activeElement;
      const link = element?.contains(focused) ? (focused?.getAttribute('href') ?? null) : null;
      kept.delete(address);
      kept.set(address, { top: element?.scrollTop ?? 0, link });
      const oldest = kept.keys().next();
      if (kept.size > MAX_KEPT && !oldest.done) kept.delete(oldest.value);
    };
    element?.addEventListener('scroll', note, { passive: true });
    element?.addEventListener('focusin', note);
    return () => {
      element?.removeEventListener('scroll', note);
      element?.removeEventListener('focusin', note);
    };
  }, [scroller, address]);
}

'use client';

import { useEffect, useSyncExternalStore } from 'react';

type Toast = { id: number; text: string; failed: boolean };

const STAYS_MS = 6000;
let current: Toast | null = null;
let nextId = 1;
const listeners = new Set<() => void>();

function set(toast: Toast | null): void {
  current = toast;
  for (const listener of [...listeners]) listener();
}

/** Answers one's own action in a line; a new one takes the place of the last. Never for news from elsewhere. */
export const toast = (text: string, failed = false): void => set({ id: nextId++, text, failed });

/** Copies text and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  } catch {
    toast(`The browser does not allow copying here. ${text}`, true);
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Where toasts appear; once per page. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => set(null), STAYS_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(64px+var(--lift,0px))] z-50 flex justify-center px-4 md:bottom-[calc(48px+var(--lift,0px))]"
    >
      {shown && (
        <div
          key={shown.id}
          className={`pointer-events-auto max-w-[72ch] truncate rounded-3 px-3.5 py-2 text-13 shadow-pop ${shown.failed ? 'bg-error-soft text-error' : 'bg-ink text-bg'}`}
        >
          {shown.text}
        </div>
      )}
    </div>
  );
}

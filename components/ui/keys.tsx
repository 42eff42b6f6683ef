'use client';

import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';

export type Binding = {
  /** As shown: `j`, `Shift D`, `Ctrl K`, `g t`, `ArrowDown`. `Ctrl` is also the command key of a Mac. */
  key: string;
  /** What it does, for the keys dialog; several bindings with one name are one line there. */
  name: string;
  where: 'Everywhere' | 'List' | 'Task' | 'Log';
  run: (event: KeyboardEvent) => void;
  /** Also in text fields. */
  inFields?: boolean;
  /** The browser does it by itself; it is only listed. */
  native?: boolean;
};

type Registry = { add: (bindings: () => readonly Binding[]) => () => void; all: () => Binding[] };
const KeysContext = createContext<Registry | null>(null);

const PREFIX_MS = 1200;

/** Holds every key of the page: there is one listener, and the keys dialog lists exactly what is bound. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const sets = useRef(new Set<() => readonly Binding[]>());
  const registry = useRef<Registry>({
    add: (bindings) => {
      sets.current.add(bindings);
      return () => sets.current.delete(bindings);
    },
    // What was bound last comes first: a page's own meaning of a key wins over the shell's.
    all: () => [...sets.current].reverse().flatMap((bindings) => [...bindings()]),
  });
  useEffect(() => {
    let prefix = '';
    let prefixAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isField(event.target);
      if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null) return;
      const pressed = pressedKey(event);
      const bindings = registry.current
        .all()
        .filter((one) => one.native !== true && (!typing || one.inFields === true));
      const chord = event.timeStamp - prefixAt < PREFIX_MS ? `${prefix} ${pressed}` : pressed;
      const found = bindings.find((one) => one.key === chord) ?? bindings.find((one) => one.key === pressed);
      prefix = '';
      if (found) {
        event.preventDefault();
        found.run(event);
      } else if (bindings.some((one) => one.key.startsWith(`${pressed} `))) {
        prefix = pressed;
        prefixAt = event.timeStamp;
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return <KeysContext value={registry.current}>{children}</KeysContext>;
}

/** Binds keys while the component is there. */
export function useKeys(bindings: readonly Binding[]): void {
  const registry = useContext(KeysContext);
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => registry?.add(() => latest.current), [registry]);
}

/** All keys bound now, for the dialog. */
export const useBoundKeys = (): (() => Binding[]) => {
  const registry = useContext(KeysContext);
  return () => registry?.all() ?? [];
};

/** The name of what was pressed, as bindings write it. */
export function pressedKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const letter = /^[a-z]$/i.test(event.key);
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    // Shift is part of a sign such as "?", and of its own only with letters and named keys.
    event.shiftKey && (letter || event.key.length > 1) ? 'Shift' : '',
  ].filter(Boolean);
  const shifted = event.shiftKey || event.ctrlKey || event.metaKey;
  return [...modifiers, letter && shifted ? event.key.toUpperCase() : event.key].join(' ');
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="button"])'));

'use client';

import { createContext, useContext } from 'react';
import type { SessionAnswer } from '@/lib/contract/session';

export type ShellFacts = {
  session: SessionAnswer;
  /** The bundled simulator stands in for clusters. */
  demo: boolean;
};

/** What every page of the console knows of its viewer. */
export const ShellContext = createContext<ShellFacts>({ session: { clusters: [], expires_at: '' }, demo: false });

export const useShell = (): ShellFacts => useContext(ShellContext);

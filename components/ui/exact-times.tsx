'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { msOf, relativeTime, shortExact } from '@/lib/client/format-time';
import { useTimeText } from './clock';

type Exact = { exact: boolean; toggle: () => void };
const ExactContext = createContext<Exact>({ exact: false, toggle: () => {} });

/** Whether times are shown exact; one switch for the whole page. */
export function ExactTimes({ children }: { children: ReactNode }) {
  const [exact, setExact] = useState(false);
  const value = useMemo(() => ({ exact, toggle: () => setExact((was) => !was) }), [exact]);
  return <ExactContext value={value}>{children}</ExactContext>;
}

export const useExactTimes = (): Exact => useContext(ExactContext);

/** A time as the page shows times: how long ago, or exact after `t`. */
export function TimeText({ iso }: { iso: string }) {
  const { exact } = useExactTimes();
  const ms = msOf(iso);
  const text = useTimeText((now, zone) => (exact ? shortExact(ms, zone) : relativeTime(ms, now, zone)));
  return <time dateTime={iso}>{text}</time>;
}

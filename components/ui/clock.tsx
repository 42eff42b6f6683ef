'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { clockNow, setServerTime, subscribeClock } from '@/lib/client/clock';
import { rememberZone } from '@/lib/client/preferences';

type Time = { serverNow: number; zone: string };
const TimeContext = createContext<Time>({ serverNow: 0, zone: 'UTC' });

type Props = {
  /** Milliseconds at which the server made the page. */
  serverNow: number;
  /** The zone the server wrote times in. Unless it is fixed by the configuration the browser's own takes its place. */
  zone: string;
  zoneIsFixed: boolean;
  children: ReactNode;
};

/** Gives all that shows times one clock and one zone, the same at first on the server and in the browser. */
export function ClockProvider({ serverNow, zone: first, zoneIsFixed, children }: Props) {
  const [zone, setZone] = useState(first);
  useEffect(() => {
    setServerTime(serverNow);
    if (zoneIsFixed) return;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
    setZone(own);
    rememberZone(own);
  }, [serverNow, zoneIsFixed]);
  return <TimeContext value={{ serverNow, zone }}>{children}</TimeContext>;
}

/** The viewer's time zone, an IANA name. */
export const useZone = (): string => useContext(TimeContext).zone;

/** What `tell` makes of now (milliseconds) and the zone; renders again only when that text changes. */
export function useTimeText(tell: (now: number, zone: string) => string): string {
  const { serverNow, zone } = useContext(TimeContext);
  return useSyncExternalStore(
    subscribeClock,
    () => tell(clockNow(), zone),
    () => tell(serverNow, zone),
  );
}

'use client';

import type { ReactNode } from 'react';
import { ClockProvider } from '@/components/ui/clock';
import { ExactTimes } from '@/components/ui/exact-times';
import { KeysProvider } from '@/components/ui/keys';
import { Shell } from './shell';
import { ShellContext, type ShellFacts } from './shell-context';

type Props = {
  shell: ShellFacts;
  folded: boolean;
  /** Milliseconds at which the server made the page. */
  serverNow: number;
  zone: string;
  zoneIsFixed: boolean;
  children: ReactNode;
};

/** Everything that pages of a signed-in viewer share: clock, keys, frame. */
export function Console({ shell, folded, serverNow, zone, zoneIsFixed, children }: Props) {
  return (
    <ShellContext value={shell}>
      <ClockProvider serverNow={serverNow} zone={zone} zoneIsFixed={zoneIsFixed}>
        <ExactTimes>
          <KeysProvider>
            <Shell folded={folded}>{children}</Shell>
          </KeysProvider>
        </ExactTimes>
      </ClockProvider>
    </ShellContext>
  );
}

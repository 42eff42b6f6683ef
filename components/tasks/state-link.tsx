'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ListState, stateHref } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';

type Props = {
  to: ListState;
  children: ReactNode;
  className?: string;
  title?: string;
  tabIndex?: number;
  label?: string;
  /** It is what the list shows now. */
  current?: boolean;
  /** The field whose value it shows, for the keys of the list. */
  shows?: string;
  /** What a click with Alt does in place of opening the link, which a browser would take for a download. */
  onAltClick?: () => void;
  onShiftClick?: () => void;
  draggable?: boolean;
};

/** A link to another state of the list: a real address, opened in place without asking the server for the page again. */
export function StateLink({ to, children, label, current, shows, onAltClick, onShiftClick, ...rest }: Props) {
  const { onList, go } = useListState();
  return (
    <Link
      {...rest}
      href={stateHref(to)}
      prefetch={false}
      aria-label={label}
      aria-current={current ? 'true' : undefined}
      data-value-of={shows}
      onClick={(event) => {
        const instead = event.altKey ? onAltClick : event.shiftKey ? onShiftClick : undefined;
        if (!instead) return;
        event.preventDefault();
        instead();
      }}
      onNavigate={(event) => {
        if (!onList) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Link>
  );
}

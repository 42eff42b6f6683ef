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
};

/** A link to another state of the list: a real address, opened in place without asking the server for the page again. */
export function StateLink({ to, children, label, ...rest }: Props) {
  const { onList, go } = useListState();
  return (
    <Link
      {...rest}
      href={stateHref(to)}
      prefetch={false}
      aria-label={label}
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

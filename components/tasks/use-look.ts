'use client';

import { useMemo, useState } from 'react';
import type { ListLook } from '@/lib/client/list-look';
import { rememberLook } from '@/lib/client/preferences';
import { type ShownColumn, shownColumns } from './columns';

export type Look = { look: ListLook; change: (next: ListLook) => void; columns: readonly ShownColumn[] };

/** How the list looks, remembered in this browser; `first` is what the page was drawn with. */
export function useLook(first: ListLook): Look {
  const [look, setLook] = useState(first);
  const { order, showing } = look;
  const columns = useMemo(() => shownColumns({ order, showing }), [order, showing]);
  return {
    look,
    change: (next) => {
      setLook(next);
      rememberLook(next);
    },
    columns,
  };
}

'use client';

import { useMemo, useRef, useState } from 'react';
import { rowKey } from '@/lib/client/live-list';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';

export type Selection = {
  /** Everything that the search finds, also what it will find: the search is kept, not its tasks. */
  all: boolean;
  /** The selected tasks as they are known now, on other pages of the search too. */
  tasks: readonly TaskAnswer[];
  count: number;
  has: (key: string) => boolean;
  /** How the page as a whole is selected. */
  page: boolean | 'some';
  toggle: (task: TaskAnswer, toHere: boolean) => void;
  togglePage: () => void;
  selectAll: () => void;
  clear: () => void;
};

const NONE: ReadonlyMap<string, TaskAnswer> = new Map();

/** Which tasks of a search are selected. Survives live changes and other pages; another search begins with none. */
export function useSelection(answer: TaskListAnswer | undefined, search: string): Selection {
  const [known, setKnown] = useState({ search, all: false, tasks: NONE });
  const anchor = useRef('');
  const now = known.search === search ? known : { search, all: false, tasks: NONE };
  const byKey = useMemo(() => new Map(answer?.results.map((task) => [rowKey(task), task])), [answer]);
  const onPage = now.all ? byKey.size : [...now.tasks.keys()].filter((key) => byKey.has(key)).length;
  const select = (tasks: ReadonlyMap<string, TaskAnswer>) => setKnown({ search, all: false, tasks });
  /** What is selected now as tasks: of everything, those on this page. */
  const chosen = () => new Map(now.all ? byKey : now.tasks);

  return {
    all: now.all,
    tasks: [...now.tasks].map(([key, task]) => byKey.get(key) ?? task),
    count: now.all ? (answer?.subtotal ?? 0) : now.tasks.size,
    has: (key) => now.all || now.tasks.has(key),
    page: byKey.size > 0 && onPage === byKey.size ? true : onPage > 0 ? 'some' : false,
    toggle: (task, toHere) => {
      const tasks = chosen();
      const key = rowKey(task);
      const keys = [...byKey.keys()];
      const [from, to] = [keys.indexOf(anchor.current), keys.indexOf(key)].sort((a, b) => a - b);
      if (toHere && from !== undefined && from >= 0) {
        for (const one of keys.slice(from, (to ?? from) + 1)) tasks.set(one, byKey.get(one) ?? task);
      } else if (!tasks.delete(key)) tasks.set(key, task);
      anchor.current = key;
      select(tasks);
    },
    togglePage: () => {
      const tasks = chosen();
      if (byKey.size > 0 && onPage === byKey.size) for (const key of byKey.keys()) tasks.delete(key);
      else for (const [key, task] of byKey) tasks.set(key, task);
      select(tasks);
    },
    selectAll: () => setKnown({ search, all: true, tasks: NONE }),
    clear: () => select(NONE),
  };
}

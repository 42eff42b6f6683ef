'use client';

import { useEffect, useState } from 'react';
import { countText } from '@/lib/client/format-time';
import type { TaskListAnswer } from '@/lib/contract/task';

const SETTLED_MS = 1000;

/** Tells assistive technology how many tasks a search found, once it has settled; never what changes live. */
export function CountAnnouncer({ answer }: { answer: TaskListAnswer | undefined }) {
  const [text, setText] = useState('');
  const search = answer?.search;
  const found = answer === undefined ? '' : `${countText(answer.subtotal)} ${answer.subtotal === 1 ? 'task' : 'tasks'}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another search is told, not another number
  useEffect(() => {
    if (search === undefined) return;
    const timer = setTimeout(() => setText(found), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [search]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}

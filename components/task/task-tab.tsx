'use client';

import { useEffect } from 'react';
import type { TaskAnswer } from '@/lib/contract/task';

/** The browser's tab follows the task: how far it is while it runs, how it ended afterwards. */
export function TaskTab({ task }: { task: TaskAnswer }) {
  const name = task.guest === null ? task.action : `${task.action} ${task.guest}`;
  const title = `${lead(task)}${name} · Taskscope`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}

function lead({ ended_at, progress, result }: TaskAnswer): string {
  if (ended_at === null) return progress === null ? '' : `${Math.floor(progress * 100)} % `;
  return result === 'success' ? '' : `${result.charAt(0).toUpperCase()}${result.slice(1)}: `;
}

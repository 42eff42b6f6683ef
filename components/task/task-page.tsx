'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LogPane } from '@/components/log/log-pane';
import { useLog } from '@/components/log/use-log';
import { useKeys } from '@/components/ui/keys';
import { copyText } from '@/components/ui/toast';
import { taskQueries } from '@/lib/client/task-queries';
import type { TaskDetail } from '@/lib/contract/task';
import { FactsDialog } from './facts-dialog';
import { OutcomeCard } from './outcome-card';
import { ProgressHeader } from './progress-header';
import { StopDialog } from './stop-dialog';
import { TaskFacts } from './task-facts';
import { TaskHeader } from './task-header';
import { taskLink } from './task-link';
import { TaskPath } from './task-path';
import { TaskTab } from './task-tab';

type Props = {
  initial: TaskDetail;
  /** Whether this installation lets people stop tasks. */
  mayStop: boolean;
};

/** One task: what it is, how it goes or ended, and its log. */
export function TaskPage({ initial, mayStop }: Props) {
  const client = useQueryClient();
  const query = taskQueries.detail(initial);
  const { data: task = initial } = useQuery({ ...query, initialData: initial });
  const [dialog, setDialog] = useState<'stop' | 'facts' | null>(null);
  const running = task.ended_at === null;
  const log = useLog(task, running, {
    end: (ended) => {
      client.setQueryData(query.queryKey, (now) => (now ? { ...now, ...ended } : now));
      void client.invalidateQueries({ queryKey: query.queryKey });
    },
    progress: (progress) => client.setQueryData(query.queryKey, (now) => (now ? { ...now, progress } : now)),
  });
  const stoppable = running && mayStop;
  const openStop = () => stoppable && setDialog('stop');

  useKeys([
    { key: 'i', name: 'All facts', where: 'Task', run: () => setDialog('facts') },
    { key: 'c', name: 'Copy link', where: 'Task', run: () => void copyText(taskLink(task), 'Link') },
    ...(stoppable ? [{ key: 's', name: 'Stop...', where: 'Task' as const, run: openStop }] : []),
  ]);

  return (
    <div className="flex h-full min-h-0 flex-col">
      <TaskTab task={task} />
      <TaskPath task={task} />
      <TaskHeader task={task} onStop={stoppable ? openStop : null} />
      <TaskFacts task={task} onAll={() => setDialog('facts')} />
      {running ? <ProgressHeader task={task} /> : <OutcomeCard task={task} />}
      <LogPane task={task} log={log} />
      {dialog === 'stop' && <StopDialog task={task} onClose={() => setDialog(null)} />}
      {dialog === 'facts' && <FactsDialog task={task} onClose={() => setDialog(null)} />}
    </div>
  );
}

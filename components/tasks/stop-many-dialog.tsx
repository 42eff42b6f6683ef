'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { stopWords } from '@/components/task/stop-words';
import { Button } from '@/components/ui/button';
import { useZone } from '@/components/ui/clock';
import { Dialog } from '@/components/ui/dialog';
import { getJson, sendJson } from '@/lib/client/api';
import { PLAIN } from '@/lib/client/list-state';
import { listRequest } from '@/lib/client/task-queries';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';
import type { BulkStopAnswer } from '@/lib/contract/task-actions';
import { StopResults } from './stop-results';
import { StopTargets } from './stop-targets';

/** What is to be stopped: tasks, or the running ones that a search finds. */
export type ToStop = { tasks: readonly TaskAnswer[] } | { search: string };

/** As many as one call may stop. */
const MOST = 500;
/** From so many on the number is typed. */
const TYPED_FROM = 10;

/**
 * Shows which running tasks would be stopped, stops exactly those, and then what became of each. A search is read once,
 * when this opens: a task that starts later is left alone.
 */
export function StopManyDialog({ what, onClose }: { what: ToStop; onClose: () => void }) {
  const zone = useZone();
  const [typed, setTyped] = useState('');
  const typedId = useId();
  const found = useQuery({
    queryKey: ['to-stop', what, zone],
    queryFn: ({ signal }) => runningOf(what, zone, signal),
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false },
  });
  const stop = useMutation({
    mutationFn: (tasks: readonly TaskAnswer[]) =>
      sendJson<BulkStopAnswer>('/api/tasks/bulk-stop', {
        tasks: tasks.map(({ cluster, upid }) => ({ cluster, upid })),
      }),
  });
  const running = found.data?.running ?? [];
  const count = running.length;
  const sure = count > 0 && (count < TYPED_FROM || typed.trim() === String(count));
  const problem = found.error ?? stop.error;

  if (stop.data) return <StopResults answer={stop.data} tasks={running} onClose={onClose} />;
  return (
    <Dialog title={titleOf(found.data)} onClose={onClose} width={560}>
      <form
        className="px-5 pt-4 pb-5 text-13"
        onSubmit={(event) => {
          event.preventDefault();
          if (sure) stop.mutate(running);
        }}
      >
        {found.data && <p className="max-w-[64ch] text-ink-2">{sentence(found.data)}</p>}
        {count > 0 && <StopTargets tasks={running} />}
        {count > 0 && <Consequences tasks={running} />}
        {problem && (
          <p role="alert" className="mt-3 rounded-2 bg-error-soft px-3 py-2 text-error">
            {problem.message}
          </p>
        )}
        <div className="mt-5 flex flex-wrap items-center justify-end gap-2">
          {count >= TYPED_FROM && (
            <>
              <label htmlFor={typedId} className="text-ink-2">
                Type {count} to confirm
              </label>
              <input
                id={typedId}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                inputMode="numeric"
                autoComplete="off"
                className="mr-2 h-(--ctl) w-16 rounded-2 border border-line-strong bg-bg px-2"
              />
            </>
          )}
          <Button autoFocus onClick={onClose}>
            {count > 0 ? 'Leave them running' : 'Close'}
          </Button>
          {count > 0 && (
            <Button type="submit" look="dangerPrimary" disabled={!sure || stop.isPending}>
              {stop.isPending ? 'Asking Proxmox' : count === 1 ? 'Stop 1 task' : `Stop ${count} tasks`}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

type Found = { running: readonly TaskAnswer[]; ended: number; more: boolean };

async function runningOf(what: ToStop, zone: string, signal: AbortSignal): Promise<Found> {
  if ('tasks' in what) {
    const running = what.tasks.filter(({ state }) => state === 'running');
    return { running: running.slice(0, MOST), ended: what.tasks.length - running.length, more: running.length > MOST };
  }
  const search = what.search === '' ? 'state = running' : `state = running and (${what.search})`;
  const request = listRequest({ ...PLAIN, search, per_page: MOST }, zone);
  const { results, subtotal, subtotal_is_exact: exact } = await getJson<TaskListAnswer>('/api/tasks', request, signal);
  return { running: results, ended: 0, more: !exact || subtotal > results.length };
}

function titleOf(found: Found | undefined): string {
  if (!found) return 'Looking for running tasks';
  const count = found.running.length;
  if (count === 0) return 'Nothing to stop';
  return count === 1 ? 'Stop 1 running task?' : `Stop ${count} running tasks?`;
}

function sentence({ running, ended, more }: Found): string {
  if (running.length === 0) return 'None of these tasks is running.';
  const all = running.length + ended;
  if (more) return `These are the newest ${MOST}; one call stops no more. The others are left alone.`;
  if (ended === 0) return 'Each is asked to end as you, with your own rights.';
  return `${ended} of the ${all} selected ${ended === 1 ? 'has' : 'have'} ended and ${ended === 1 ? 'is' : 'are'} left alone.`;
}

/** What stopping means for each kind of work among them. */
function Consequences({ tasks }: { tasks: readonly TaskAnswer[] }) {
  const kinds = new Map(tasks.map((task) => [task.label, { task, words: stopWords(task) }]));
  const bodies = [...new Map([...kinds.values()].map(({ task, words }) => [words.body, task.label]))];
  const few = kinds.size === tasks.length && tasks.length <= 3;
  if (!few && kinds.size > 1) {
    return (
      <p className="mt-3 max-w-[64ch] text-ink-2">
        Proxmox ends each worker, at the latest after 5 seconds. What a backup has written so far is thrown away;
        copies, migrations and restores leave parts and locks that may have to be removed by hand.
      </p>
    );
  }
  return bodies.slice(0, 3).map(([body]) => (
    <p key={body} className="mt-3 max-w-[64ch] text-ink-2">
      {body}
    </p>
  ));
}

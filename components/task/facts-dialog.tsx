'use client';

import { IconButton } from '@/components/ui/button';
import { useTimeText } from '@/components/ui/clock';
import { Dialog } from '@/components/ui/dialog';
import { copyText } from '@/components/ui/toast';
import { countText, durationText, exactTime, msOf } from '@/lib/client/format-time';
import type { TaskDetail } from '@/lib/contract/task';

/** Everything that is known of a task, the UPID decoded and as it is. */
export function FactsDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const zoned = (iso: string | null) => (_now: number, zone: string) =>
    iso === null ? '–' : exactTime(msOf(iso), zone);
  const started = useTimeText(zoned(task.started_at));
  const ended = useTimeText(zoned(task.ended_at));
  const facts: readonly [string, string | null][] = [
    ['Cluster', task.cluster],
    ['Node', task.listed_by === task.node ? task.node : `${task.node}, listed by ${task.listed_by}`],
    ['Worker type', task.label],
    ['Family', task.family],
    ['Id', task.id === '' ? null : task.id],
    ['Guest', task.guest],
    ['Tags', task.tags.length > 0 ? task.tags.join(', ') : null],
    ['Pool', task.pool],
    ['User', task.user],
    ['API token', task.token],
    ['Started', started],
    ['Ended', ended],
    ['Duration', task.ended_at === null ? null : durationText(task.duration)],
    ['Exit status', task.exitstatus],
    ['Process', task.pid === null ? null : String(task.pid)],
    ['Process start', task.pstart === null ? null : `${countText(task.pstart)} ticks after boot`],
    ['Log', logFact(task)],
    ['Parent', task.parent_task_id],
  ];
  return (
    <Dialog title="All facts" onClose={onClose} width={640}>
      <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-5 py-4 text-13">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ),
        )}
        <dt className="text-ink-3">UPID</dt>
        <dd className="flex items-start gap-2">
          <code className="mono min-w-0 flex-1 break-all">{task.upid}</code>
          <IconButton icon="copy" label="Copy UPID" onClick={() => void copyText(task.upid, 'UPID')} />
        </dd>
      </dl>
    </Dialog>
  );
}

function logFact({ log }: TaskDetail): string | null {
  if (!log.stored) return 'on the node, not kept yet';
  const lines = log.lines === null ? '' : `${countText(log.lines)} lines, `;
  return `kept, ${lines}${countText(log.bytes ?? 0)} bytes`;
}

'use client';

import Link from 'next/link';
import { lineHash } from '@/components/log/line-range';
import { ResultIcon } from '@/components/tasks/result-icon';
import { copyText } from '@/components/ui/toast';
import { countText } from '@/lib/client/format-time';
import { searchHref } from '@/lib/client/list-state';
import type { TaskDetail } from '@/lib/contract/task';
import type { TaskResult } from '@/lib/domain/task-result';
import { taskLink } from './task-link';

type Tone = { frame: string; ground: string; head: string; title: string };

const TONE: Partial<Record<TaskResult, Tone>> = {
  error: { frame: 'border-error/35', ground: 'bg-error-soft', head: 'text-error', title: 'Failed' },
  partial: { frame: 'border-partial/35', ground: 'bg-partial-soft', head: 'text-partial', title: 'Done in part' },
  unknown: {
    frame: 'border-unknown/35',
    ground: 'bg-unknown-soft',
    head: 'text-unknown',
    title: 'Ended without a status',
  },
  warning: {
    frame: 'border-warning/35',
    ground: 'bg-warning-soft',
    head: 'text-warning',
    title: 'Ended with warnings',
  },
  cancelled: { frame: 'border-line-strong', ground: 'bg-cancelled-soft', head: 'text-cancelled', title: 'Cancelled' },
};

/** How a task ended, when it did not simply succeed: our sentence, and Proxmox's own text word for word. */
export function OutcomeCard({ task }: { task: TaskDetail }) {
  const tone = TONE[task.result];
  if (!tone) return null;
  const quote = () => copyText(asQuote(task), 'Quote');
  return (
    <section
      aria-label="Outcome"
      className={`mx-5 mb-3 shrink-0 overflow-hidden rounded-3 border max-md:mx-3.5 ${tone.frame}`}
    >
      <div className={`flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5 px-3.5 py-2 ${tone.ground}`}>
        <span className="self-center">
          <ResultIcon state="stopped" result={task.result} hidden />
        </span>
        <h2 className={`text-14 font-semibold ${tone.head}`}>{titleOf(task, tone.title)}</h2>
        <p className="min-w-0 text-13 text-ink-2">{sentenceOf(task)}</p>
      </div>
      {task.cause && <CauseRow cause={task.cause} />}
      <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1 border-t border-line px-3.5 py-2">
        <span className="text-12 text-ink-3">Exit status</span>
        <code className="mono min-w-0 flex-1 break-words text-ink">{task.exitstatus || '(empty)'}</code>
        <button type="button" className="underlined text-12" onClick={() => void quote()}>
          Copy as quote
        </button>
      </div>
    </section>
  );
}

/** The line that tells why, word for word, with its place in the log. */
function CauseRow({ cause }: { cause: NonNullable<TaskDetail['cause']> }) {
  const [from, to] = cause.lines;
  return (
    <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1 border-t border-line px-3.5 py-2">
      {cause.guest !== null && <span className="font-semibold">{cause.guest}</span>}
      <a className="mono underlined text-ink-3" href={lineHash({ from, to })}>
        L{from}
      </a>
      <code className="mono min-w-0 flex-1 break-words text-ink">{cause.text}</code>
      {cause.similar > 1 && (
        <Link className="underlined text-12 text-ink-2" href={searchHref(cause.similar_search)}>
          {countText(cause.similar)} tasks ended so in 7 days
        </Link>
      )}
    </div>
  );
}

function titleOf(task: TaskDetail, plain: string): string {
  const warnings = task.result === 'warning' ? /\d+/.exec(task.exitstatus ?? '')?.[0] : undefined;
  if (warnings === undefined) return plain;
  return warnings === '1' ? '1 warning' : `${warnings} warnings`;
}

function sentenceOf(task: TaskDetail): string {
  const by = task.stop_requested?.by;
  switch (task.result) {
    case 'error':
      return task.cause ? 'This is the first error in its log.' : 'Its log names no error before the last line.';
    case 'partial':
      return 'Some guests are done, some failed.';
    case 'unknown':
      return 'The worker died before it could say how it ended. Look at the guest itself.';
    case 'warning':
      return 'It went through; the lines that begin with WARN say what to look at.';
    case 'cancelled':
      return by === undefined
        ? 'It was stopped before its end.'
        : `It was stopped before its end, on request of ${by}.`;
    case 'pending':
    case 'success':
      return '';
  }
}

/** For a ticket or a chat: what, where, how it ended, and the link. */
const asQuote = (task: TaskDetail): string =>
  [
    `**${task.action}**${task.guest === null ? '' : ` ${task.guest}`} on ${task.node} (${task.cluster}), ${task.started_at}`,
    '```',
    task.exitstatus ?? '',
    '```',
    taskLink(task),
  ].join('\n');

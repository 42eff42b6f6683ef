'use client';

import { useTimeText } from '@/components/ui/clock';
import { clockTime, msOf } from '@/lib/client/format-time';

type Props =
  | { away: { node: string; since: string }; text?: never; onRetry?: never }
  | { text: string; onRetry: () => void; away?: never };

/** A row below the lines that says why none are added at the moment. */
export function AwayRow({ away, text, onRetry }: Props) {
  const since = useTimeText((now, zone) => (away ? clockTime(msOf(away.since), now, zone) : ''));
  return (
    <div
      role="status"
      className="hatched flex min-h-[26px] shrink-0 items-center gap-3 border-t border-line px-5 text-12 text-ink-2 md:pl-14"
    >
      <span>{away ? `${away.node} does not answer since ${since}; the log goes on when it does.` : text}</span>
      {onRetry && (
        <button type="button" className="underlined" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

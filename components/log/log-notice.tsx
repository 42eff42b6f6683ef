import type { ReactNode } from 'react';
import type { LogSnapshot } from '@/lib/client/log-store';

/** What stands in place of the lines when there are none, in words; null when the lines can be shown. */
export function LogNotice({ snapshot, ended, onRetry }: { snapshot: LogSnapshot; ended: boolean; onRetry(): void }) {
  if (snapshot.missing === 'lost') {
    return (
      <Notice>
        This log was gone before it could be kept. The node deletes logs; this one was asked for too late.
      </Notice>
    );
  }
  if (snapshot.missing === 'node_away') {
    return <Notice>The node does not answer, and this log is not kept yet. It is shown when the node is back.</Notice>;
  }
  if (snapshot.total > 0) return null;
  if (snapshot.failed !== null) {
    return (
      <Notice>
        {snapshot.failed}{' '}
        <button type="button" className="underlined" onClick={onRetry}>
          Try again
        </button>
      </Notice>
    );
  }
  if (snapshot.loading) return <Notice quiet>Reading the log</Notice>;
  return <Notice quiet>{ended ? 'This task wrote nothing.' : 'Nothing written yet.'}</Notice>;
}

function Notice({ children, quiet = false }: { children: ReactNode; quiet?: boolean }) {
  return (
    <div role="status" className="grid flex-1 place-items-center p-6 text-center">
      <p className={`max-w-[60ch] text-[13px] leading-5 ${quiet ? 'text-ink-3' : 'text-ink-2'}`}>{children}</p>
    </div>
  );
}

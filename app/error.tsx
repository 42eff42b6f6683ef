'use client';

import { Button } from '@/components/ui/button';

/** A page that broke. The digest leads to the reason in the server's log. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="grid h-full place-items-center p-6">
      <div className="w-120 max-w-full">
        <h1 className="mb-1 text-16 font-semibold tracking-tight">This page could not be drawn</h1>
        <p className="mb-4 text-ink-2">
          Nothing is lost: tasks and logs are kept on the server.
          {error.digest && (
            <>
              {' '}
              The log of Taskscope has the reason under <span className="mono">{error.digest}</span>.
            </>
          )}
        </p>
        <Button icon="refresh" onClick={reset}>
          Try again
        </Button>
      </div>
    </div>
  );
}

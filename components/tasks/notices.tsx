'use client';

import Link from 'next/link';
import { ResultIcon } from '@/components/tasks/result-icon';
import { Button, buttonClass } from '@/components/ui/button';
import { useTimeText } from '@/components/ui/clock';
import { ageText, clockTime, msOf } from '@/lib/client/format-time';
import type { ClusterStatus } from '@/lib/contract/cluster';

const BANNER = 'mb-2.5 flex shrink-0 items-center gap-2.5 border-y border-line px-3.5 py-2 md:px-5';

/** A cluster that is away: since when, why, when it is tried again, and what that means for these rows. */
export function AwayBanner({ cluster }: { cluster: ClusterStatus }) {
  const since = cluster.since === null ? null : msOf(cluster.since);
  const when = useTimeText((now, zone) => (since === null ? '' : ` since ${clockTime(since, now, zone)}`));
  const age = useTimeText((now) => (since === null ? '' : ` (${ageText((now - since) / 1000)})`));
  const next = useTimeText((now) => nextTryText(cluster.next_try, now));
  const refused = cluster.state === 'refused';
  return (
    <div role="status" className={`${BANNER} bg-warning-soft`}>
      <ResultIcon state="stopped" result="warning" hidden />
      <p className="min-w-0 flex-1 text-ink-2">
        <b className="font-strong text-ink">
          {cluster.id} {refused ? 'refuses the collector’s token' : 'has not answered'}
          {when}
        </b>
        {age}
        {cluster.error ? `: ${cluster.error.replace(/\.$/, '')}. ` : '. '}
        {refused
          ? 'Its tasks are not updated until a valid one is set.'
          : 'Its tasks are shown as last known; new ones there are not visible yet.'}
      </p>
      <span className="hidden text-12 whitespace-nowrap text-ink-3 md:block">{next}</span>
      <Link href={`/clusters#${cluster.id}`} prefetch={false} className={buttonClass('plain')}>
        Details
      </Link>
    </div>
  );
}

/** `next try in 38 s`; nothing when none is planned. */
export function nextTryText(iso: string | null, now: number): string {
  if (iso === null) return '';
  const seconds = Math.ceil((msOf(iso) - now) / 1000);
  return seconds > 0 ? `next try in ${ageText(seconds)}` : 'trying now';
}

type FailedProps = { message: string; requestId: string | null; onAgain: () => void };

/** The API could not answer; the rows below stay as they were. */
export function FailedBanner({ message, requestId, onAgain }: FailedProps) {
  return (
    <div role="alert" className={`${BANNER} bg-error-soft`}>
      <ResultIcon state="stopped" result="error" hidden />
      <p className="min-w-0 flex-1 text-ink-2">
        <b className="font-strong text-ink">The list could not be read.</b> {message}
        {requestId && (
          <span className="text-12 text-ink-3">
            {' '}
            Request <span className="mono">{requestId}</span>
          </span>
        )}
      </p>
      <Button icon="refresh" onClick={onAgain}>
        Try again
      </Button>
    </div>
  );
}

/** The session is over; the page stays as it is. `back` is the address to come back to, without the base path. */
export function SignedOutBanner({ back }: { back: string }) {
  return (
    <div role="alert" className={`${BANNER} bg-warning-soft`}>
      <ResultIcon state="stopped" result="warning" hidden />
      <p className="min-w-0 flex-1">Your Proxmox session has ended. Sign in again; this page stays as it is.</p>
      <Link
        href={`/sign-in?${new URLSearchParams({ callbackUrl: back })}`}
        prefetch={false}
        className={buttonClass('plain')}
      >
        Sign in
      </Link>
    </div>
  );
}

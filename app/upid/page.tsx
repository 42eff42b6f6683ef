import type { Metadata } from 'next';
import Link from 'next/link';
import { pageZone } from '@/app/(console)/page-zone';
import { SignInFrame } from '@/components/auth/sign-in-frame';
import { UpidDecoder } from '@/components/tasks/upid-decoder';
import { ClockProvider } from '@/components/ui/clock';

export const metadata: Metadata = { title: 'Decode a UPID' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Decodes a UPID for anyone, signed in or not; no cluster and no archive is asked. */
export default async function UpidPage({ searchParams }: Props) {
  const { upid } = await searchParams;
  const { zone, fixed } = await pageZone();
  return (
    <ClockProvider serverNow={Date.now()} zone={zone} zoneIsFixed={fixed}>
      <SignInFrame foot={false}>
        <UpidDecoder start={typeof upid === 'string' ? upid : ''} />
        <p className="mt-5 border-t border-line pt-3.5">
          <Link href="/tasks" prefetch={false} className="underlined">
            All tasks
          </Link>
        </p>
      </SignInFrame>
    </ClockProvider>
  );
}

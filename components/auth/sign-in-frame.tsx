import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from '@/components/ui/icon';

/** The page of someone who is not signed in: one box, and what holds for all under it. */
export function SignInFrame({ children, foot = true }: { children: ReactNode; foot?: boolean }) {
  return (
    <main className="flex h-dvh flex-col items-center gap-5 overflow-y-auto bg-rail p-5">
      <div className="my-auto flex w-95 max-w-full flex-col gap-5">
        <div className="rounded-4 border border-line bg-bg p-7">
          <div className="flex h-7 items-center gap-2 text-14 font-semibold tracking-tight">
            <Mark />
            Taskscope
          </div>
          {children}
        </div>
        {foot && (
          <div className="flex flex-col gap-1.5 text-12 leading-4.5 text-ink-3">
            <span>
              You see the tasks that Proxmox lets you see, and act with your own rights. Passwords are not kept.
            </span>
            <Link href="/upid" className="underlined self-start text-ink">
              Decode a UPID without signing in
            </Link>
          </div>
        )}
      </div>
    </main>
  );
}

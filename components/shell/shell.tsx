'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { useExactTimes } from '@/components/ui/exact-times';
import { type Binding, useBoundKeys, useKeys } from '@/components/ui/keys';
import { Toasts, toast } from '@/components/ui/toast';
import { jumpHref, jumpTarget } from '@/lib/client/jump';
import { rememberFolded, setTheme, shownTheme } from '@/lib/client/preferences';
import { PAGES } from './pages';
import { Rail } from './rail';
import { TabBar } from './tab-bar';

const JumpDialog = dynamic(() => import('./jump-dialog').then((module) => module.JumpDialog), { ssr: false });
const KeysDialog = dynamic(() => import('@/components/ui/keys-dialog').then((module) => module.KeysDialog), {
  ssr: false,
});

type Open = { what: 'nothing' } | { what: 'jump' } | { what: 'keys'; bindings: Binding[] };

/** The frame of every page of the console: rail or tab bar, the keys that work everywhere, and the page itself. */
export function Shell({ folded: first, children }: { folded: boolean; children: ReactNode }) {
  const router = useRouter();
  const [folded, setFolded] = useState(first);
  const [open, setOpen] = useState<Open>({ what: 'nothing' });
  const exact = useExactTimes();
  const boundKeys = useBoundKeys();
  const close = () => setOpen({ what: 'nothing' });
  const showJump = () => setOpen({ what: 'jump' });
  const showKeys = () => setOpen({ what: 'keys', bindings: boundKeys() });
  usePasted((href) => router.push(href));

  const everywhere = (key: string, name: string, run: () => void): Binding => ({ key, name, run, where: 'Everywhere' });
  useKeys([
    { ...everywhere('Ctrl K', 'Jump to a UPID, a guest or a search', showJump), inFields: true },
    ...PAGES.map(({ href, text, key }) => everywhere(`g ${key}`, text, () => router.push(href))),
    everywhere('t', 'Exact times', exact.toggle),
    everywhere('Shift D', 'Light or dark', () => setTheme(shownTheme() === 'dark' ? 'light' : 'dark')),
    everywhere('[', 'Fold the rail', () => {
      setFolded(!folded);
      rememberFolded(!folded);
    }),
    everywhere('?', 'These keys', showKeys),
  ]);

  return (
    <div
      data-rail={folded ? 'folded' : 'open'}
      className="shell grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_var(--tabbar)] md:grid-cols-[52px_minmax(0,1fr)] md:grid-rows-[minmax(0,1fr)] xl:grid-cols-[216px_minmax(0,1fr)] xl:data-[rail=folded]:grid-cols-[52px_minmax(0,1fr)]"
    >
      <a
        href="#content"
        className="sr-only z-50 rounded-2 bg-ink px-3 py-1 text-bg focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <Rail onJump={showJump} onKeys={showKeys} />
      <main id="content" tabIndex={-1} className="relative flex min-h-0 min-w-0 flex-col overflow-hidden outline-none">
        {children}
      </main>
      <TabBar onJump={showJump} />
      <Toasts />
      {open.what === 'jump' && <JumpDialog start="" onClose={close} />}
      {open.what === 'keys' && <KeysDialog bindings={open.bindings} onClose={close} />}
    </div>
  );
}

/** Pasting a UPID outside a field opens it, pasting a VMID the tasks of that guest. */
function usePasted(open: (href: NonNullable<Awaited<ReturnType<typeof jumpHref>>>) => void): void {
  useEffect(() => {
    const onPaste = async (event: ClipboardEvent) => {
      if (
        event.target instanceof HTMLElement &&
        event.target.closest('input:not([type="checkbox"]), textarea, [contenteditable="true"]')
      )
        return;
      const target = jumpTarget(event.clipboardData?.getData('text') ?? '');
      if (target.kind === 'nothing' || target.kind === 'search') return;
      try {
        const href = await jumpHref(target);
        if (href !== null) open(href);
      } catch (error) {
        toast(error instanceof Error ? error.message : 'This UPID could not be looked up.', true);
      }
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  });
}

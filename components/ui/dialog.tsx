'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button';

type Props = {
  title: string;
  /** The title is read out but not drawn, as in a box that is one field. */
  bare?: boolean;
  width?: number;
  /** It is only read: the keyboard scrolls it, for nothing in it takes the focus. */
  reading?: boolean;
  /** On a phone it comes from below and is as wide as the screen. */
  sheet?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog that is open as long as it is rendered. */
export function Dialog({ title, bare = false, width = 480, reading = false, sheet = false, onClose, children }: Props) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(8_10_16/0.32)]" />
        <Radix.Content
          aria-describedby={undefined}
          style={{ width }}
          className={`fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-4 bg-raised shadow-pop outline-none ${sheet ? 'max-md:top-auto max-md:bottom-0 max-md:max-w-full max-md:rounded-b-none' : ''}`}
        >
          {bare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <div className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2.5 pl-5">
              <Radix.Title className="text-14 font-semibold">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton icon="x" label="Close" />
              </Radix.Close>
            </div>
          )}
          <div className="min-h-0 overflow-y-auto -outline-offset-2" tabIndex={reading ? 0 : undefined}>
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

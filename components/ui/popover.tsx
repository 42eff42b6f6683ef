'use client';

import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

type Props = {
  trigger: ReactNode;
  /** Names the popover for who cannot see where it opened. */
  label: string;
  children: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** A small box with controls below the thing that opens it; the trigger must be one element that takes a ref. */
export function Popover({ trigger, label, children, open, onOpenChange }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-(--radix-popover-content-available-height) w-64 overflow-y-auto rounded-3 bg-raised py-1 text-13 shadow-pop outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

'use client';

import { Popover as Radix } from 'radix-ui';
import type { PopoverProps } from './popover';

/** The popover itself; rendered for the first time when it is opened for the first time. */
export function PopoverRoot({ trigger, label, children, open, onOpenChange }: PopoverProps) {
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

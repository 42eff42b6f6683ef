'use client';

import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

type Props = {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'right';
  onOpenChange?: (open: boolean) => void;
};

/** A menu below the thing that opens it; the trigger must be one element that takes a ref. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', onOpenChange }: Props) {
  return (
    <DropdownMenu.Root modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-3 bg-raised py-1 text-13 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  'flex h-(--ctl) cursor-pointer items-center gap-2 px-3 whitespace-nowrap outline-none data-disabled:opacity-50 data-highlighted:bg-selected';

type ItemProps = {
  icon?: IconName;
  children: ReactNode;
  onSelect: () => void;
  shortcut?: string;
  disabled?: boolean;
};

export function MenuItem({ icon, children, onSelect, shortcut, disabled = false }: ItemProps) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect} disabled={disabled}>
      {icon && <Icon name={icon} className="text-ink-3" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <kbd className="ml-4">{shortcut}</kbd>}
    </DropdownMenu.Item>
  );
}

type RadioProps = { value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void };

/** One of several, with a check at the one in use. */
export function MenuChoice({ value, options, onChange }: RadioProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {options.map(([key, text]) => (
        <DropdownMenu.RadioItem key={key} value={key} className={ITEM}>
          <span className="size-4">
            <DropdownMenu.ItemIndicator>
              <Icon name="check" />
            </DropdownMenu.ItemIndicator>
          </span>
          <span className="min-w-0 flex-1 truncate">{text}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuHead({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-3 pt-2 pb-1 text-11 font-medium text-ink-3">{children}</DropdownMenu.Label>;
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;

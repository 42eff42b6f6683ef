'use client';

import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon';

export type RootProps = {
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'right';
  onOpenChange?: (open: boolean) => void;
};

/** The menu itself; rendered for the first time when it is opened for the first time. */
export function Root({ trigger, children, align = 'end', side = 'bottom', onOpenChange }: RootProps) {
  return (
    <DropdownMenu.Root defaultOpen modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
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

export type ItemProps = {
  icon?: IconName;
  children: ReactNode;
  onSelect: () => void;
  shortcut?: string;
  disabled?: boolean;
};

export function Item({ icon, children, onSelect, shortcut, disabled = false }: ItemProps) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect} disabled={disabled}>
      {icon && <Icon name={icon} className="text-ink-3" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <kbd className="ml-4">{shortcut}</kbd>}
    </DropdownMenu.Item>
  );
}

export type SubProps = { icon?: IconName; text: string; children: ReactNode };

export function Sub({ icon, text, children }: SubProps) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={`${ITEM} data-[state=open]:bg-selected`}>
        {icon && <Icon name={icon} className="text-ink-3" />}
        <span className="min-w-0 flex-1 truncate">{text}</span>
        <Icon name="right" size={14} className="ml-4 text-ink-3" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          collisionPadding={8}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) max-w-[min(420px,90vw)] min-w-48 overflow-y-auto rounded-3 bg-raised py-1 text-13 shadow-pop"
        >
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

export type ChoiceProps = {
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
};

export function Choice({ value, options, onChange }: ChoiceProps) {
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

export function Head({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-3 pt-2 pb-1 text-11 font-medium text-ink-3">{children}</DropdownMenu.Label>;
}

export const Line = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;

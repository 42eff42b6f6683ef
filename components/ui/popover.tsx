'use client';

import { type ButtonHTMLAttributes, cloneElement, type ReactElement, type ReactNode, useEffect, useState } from 'react';

export type PopoverProps = {
  /** One element that takes a ref, and what else a button takes. */
  trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  /** Names the popover for who cannot see where it opened. */
  label: string;
  children: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

type Module = typeof import('./popover-root');
// As with menus: no page needs it before the first one is opened.
let module: Module | null = null;
const load = async (): Promise<Module> => {
  module ??= await import('./popover-root');
  return module;
};

/** A small box with controls below the thing that opens it. */
export function Popover(props: PopoverProps) {
  const { trigger, open, onOpenChange } = props;
  const [loaded, setLoaded] = useState(module);
  useEffect(() => {
    if (open && !loaded) void load().then(setLoaded);
  }, [open, loaded]);
  if (loaded) return <loaded.PopoverRoot {...props} />;
  return cloneElement(trigger, {
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => onOpenChange(true),
  });
}

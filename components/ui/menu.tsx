'use client';

import {
  type ButtonHTMLAttributes,
  cloneElement,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useState,
} from 'react';
import type { ChoiceProps, ItemProps, RootProps, SubProps } from './menu-parts';

type Parts = typeof import('./menu-parts');
// 30 kB that no page needs before its first menu is opened.
const load = (): Promise<Parts> => import('./menu-parts');
const PartsContext = createContext<Parts | null>(null);

type Trigger = ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
type Props = Omit<RootProps, 'trigger'> & { trigger: Trigger };

/** A menu below the button that opens it; the trigger must be one element that takes a ref. */
export function Menu({ trigger, ...rest }: Props) {
  const [parts, setParts] = useState<Parts | null>(null);
  if (parts) {
    return (
      <PartsContext value={parts}>
        <parts.Root trigger={trigger} {...rest} />
      </PartsContext>
    );
  }
  return cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => {
      rest.onOpenChange?.(true);
      void load().then(setParts);
    },
  });
}

/** Something to do. */
export function MenuItem(props: ItemProps) {
  const parts = useContext(PartsContext);
  return parts && <parts.Item {...props} />;
}

/** One of several, with a check at the one in use. */
export function MenuChoice(props: ChoiceProps) {
  const parts = useContext(PartsContext);
  return parts && <parts.Choice {...props} />;
}

/** More to do, in a menu beside this one. */
export function MenuSub(props: SubProps) {
  const parts = useContext(PartsContext);
  return parts && <parts.Sub {...props} />;
}

export function MenuHead(props: { children: ReactNode }) {
  const parts = useContext(PartsContext);
  return parts && <parts.Head {...props} />;
}

export function MenuLine() {
  const parts = useContext(PartsContext);
  return parts && <parts.Line />;
}

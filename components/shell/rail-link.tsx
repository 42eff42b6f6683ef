import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';

type Props = {
  href: ComponentProps<typeof Link>['href'];
  icon: IconName;
  text: string;
  current: boolean;
  /** A number or a word at the right. */
  aside?: ReactNode;
};

/** One page in the rail: icon and word, or the icon alone with the word as its tooltip. */
export function RailLink({ href, icon, text, current, aside }: Props) {
  return (
    <Link
      href={href}
      prefetch={false}
      title={text}
      aria-current={current ? 'page' : undefined}
      className={`flex h-7 items-center gap-2.25 rounded-2 px-2 folded:w-9 folded:justify-center folded:px-0 touch:h-10 ${
        current ? 'bg-nav-on font-strong text-ink inset-ring inset-ring-line' : 'text-ink-2 hover:bg-hover'
      }`}
    >
      <Icon name={icon} className={current ? 'text-ink' : 'text-ink-3'} />
      <span className="min-w-0 flex-1 truncate folded:sr-only">{text}</span>
      <span className="text-12 font-normal text-ink-3 folded:hidden">{aside}</span>
    </Link>
  );
}

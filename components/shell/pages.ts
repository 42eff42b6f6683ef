import type { IconName } from '@/components/ui/icon';

/** The pages of the rail, in order, with the key that follows `g`. */
export const PAGES = [
  { href: '/tasks', text: 'Tasks', icon: 'tasks', key: 't' },
  { href: '/clusters', text: 'Clusters', icon: 'clusters', key: 'c' },
] as const satisfies readonly { href: string; text: string; icon: IconName; key: string }[];

/** Whether the address is that page or below it. */
export const isOn = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`);

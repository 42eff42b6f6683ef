import type { IconName } from '@/components/ui/icon';

/** The pages of the rail, in order, with the key that follows `g`. */
export const PAGES = [
  { href: '/tasks', text: 'Tasks', icon: 'tasks', key: 't' },
  { href: '/clusters', text: 'Clusters', icon: 'clusters', key: 'c' },
] as const satisfies readonly { href: string; text: string; icon: IconName; key: string }[];

/** Searches that everyone has (search-language 14). */
export const STOCK_SEARCHES = [
  { name: 'running', search: 'state = running' },
  { name: 'failed', search: 'state = paused or result = error or result = warning' },
  { name: 'mine', search: 'user = current_user' },
  { name: 'long running', search: 'state = running and duration > 2d' },
] as const;

/** Whether the address is that page or below it. */
export const isOn = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`);

import { type ListLook, printLook } from './list-look';

const YEAR = 31_536_000;

/** `system` follows the operating system. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const isTheme = (text: string | undefined): text is Theme => THEMES.some((theme) => theme === text);

/** Preferences of this browser are cookies, so that the server draws the first paint with them. */
const remember = (name: string, value: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`;
};

export function setTheme(theme: Theme): void {
  remember('theme', theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** What is shown now, whatever it comes from. */
export function shownTheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const chosenTheme = (): Theme => {
  const chosen = document.documentElement.dataset.theme;
  return isTheme(chosen) ? chosen : 'system';
};

export const rememberFolded = (folded: boolean): void => remember('rail', folded ? 'folded' : 'open');

/** The time zone, so that the server writes day heads in it at once. */
export const rememberZone = (zone: string): void => remember('zone', zone);

/** Columns and density of the list, so that its first paint has them. */
export const rememberLook = (look: ListLook): void => remember('list', printLook(look));

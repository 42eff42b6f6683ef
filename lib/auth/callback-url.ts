import 'server-only';

/**
 * Where to go after sign-in: the address first asked for when it is one of ours, else the start page. An address is ours
 * only as a path; `//host`, `/\host` and whatever a URL parser reads as another origin are not.
 */
export function landingPath(asked: string | null | undefined): string {
  if (!asked || asked.length > 8_000) return '/';
  const here = 'http://here.invalid';
  const url = URL.canParse(asked, here) ? new URL(asked, here) : undefined;
  if (!asked.startsWith('/') || url?.origin !== here || url.pathname.startsWith('//')) return '/';
  return url.pathname.startsWith('/sign-in') ? '/' : `${url.pathname}${url.search}${url.hash}`;
}

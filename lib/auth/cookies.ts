import 'server-only';
import type { Config } from '@/lib/config/schema';

/** A cookie of ours: where it goes and who may read it. */
export type CookieRules = {
  name: string;
  options: { httpOnly: true; sameSite: 'lax'; path: string; secure: boolean };
};

type Where = Pick<Config, 'publicUrl' | 'basePath'>;

/**
 * The rules of a cookie: never for scripts, never sent along from other sites' writes, only below our own path, and only
 * over https when browsers use https. Named after us, as browsers share cookies between all ports of a host.
 */
export function cookieRules(name: string, { publicUrl, basePath }: Where): CookieRules {
  const secure = publicUrl?.startsWith('https:') ?? false;
  return {
    name: `${secure ? '__Secure-' : ''}taskscope.${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: basePath || '/', secure },
  };
}

/** The cookie that proves an earlier sign-in (product rule 8). */
export const knownCookie = (where: Where): CookieRules => ({
  ...cookieRules('known', where),
  name: 'taskscope_known',
});

/** A `Set-Cookie` value. `value` must need no encoding. */
export function setCookie({ name, options }: CookieRules, value: string, maxAgeSeconds: number): string {
  const flags = `HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`;
  return `${name}=${value}; Path=${options.path}; Max-Age=${maxAgeSeconds}; ${flags}`;
}

/** One cookie of a request. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

import 'server-only';
import type { AuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { App } from '@/lib/boot';
import { landingPath } from './callback-url';
import { cookieRules } from './cookies';

/** What a sign-in came to: the id of a new session, or the error text that http-api promises. */
export type Attempt = (fields: Readonly<Record<string, unknown>>) => Promise<{ session: string } | { error: string }>;

/**
 * next-auth for one request. It guards the form (its CSRF token) and makes the cookie, which holds the session's id and
 * nothing else; who may come in is `attempt`'s to say, and the tickets stay in the vault.
 */
export function authOptions({ config, vault, log }: App, attempt: Attempt): AuthOptions {
  const maxAge = Math.floor(config.session.absoluteMs / 1000);
  const page = `${config.basePath}/sign-in`;
  return {
    secret: config.authSecret.reveal(),
    useSecureCookies: config.publicUrl?.startsWith('https:') ?? false,
    cookies: {
      sessionToken: cookieRules('session', config),
      callbackUrl: cookieRules('callback', config),
      csrfToken: cookieRules('csrf', config),
    },
    session: { strategy: 'jwt', maxAge },
    pages: { signIn: page, signOut: page, error: page },
    providers: [
      Credentials({
        id: 'proxmox',
        name: 'Proxmox VE',
        credentials: {},
        async authorize(_credentials, { body }) {
          const outcome = await attempt(body ?? {});
          if ('error' in outcome) throw new Error(outcome.error); // next-auth hands this text on as `error`
          return { id: outcome.session };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect({ url, baseUrl }) {
        const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) || '/' : url;
        const landing = landingPath(path);
        const { basePath } = config;
        return baseUrl + (landing.startsWith(`${basePath}/`) ? landing : basePath + landing);
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await vault.end(token.sid);
      },
    },
    // Its own texts go to the console otherwise, and a stale cookie is no error.
    logger: {
      error: (code) => log.debug({ code }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => {},
    },
  };
}

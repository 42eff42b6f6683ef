import 'server-only';
import type { Route } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { type App, ready } from '@/lib/boot';
import { AppError, hasCode } from '@/lib/domain/errors';
import type { Session } from '@/lib/services/sign-in/ticket-vault';
import { addressOf } from './address';
import { landingPath } from './callback-url';
import { type AppContext, sessionContext, tokenContext, type Visitor } from './context';
import { cookieRules, readCookie } from './cookies';
import { demandOrigin } from './origin';

/** Set on each page request by proxy.ts: the path and search first asked for, without the base path. */
const ADDRESS_HEADER = 'x-taskscope-address';

/**
 * Who asks, by API token or by session. Throws `signed_out` when nobody does, and `forbidden` for a write of a session that
 * does not say where it comes from.
 */
export async function requestContext(request: Request, visitor: Visitor): Promise<AppContext> {
  const app = await ready();
  const token = /^PVEAPIToken[= ](?<text>.+)$/.exec(request.headers.get('authorization') ?? '')?.groups?.text;
  if (token !== undefined) {
    const cluster = clusterOf(app, request.headers);
    return tokenContext(app, { cluster, text: token, address: addressOf(request.headers) }, visitor);
  }
  demandOrigin(request);
  const session = await sessionOf(app, request.headers, { touch: true });
  if (!session) throw new AppError('signed_out', 'Sign in first.');
  return sessionContext(app, session, visitor);
}

/**
 * Who asks for a page, once for its layout and all its parts; sends everybody else to the sign-in page, and from there
 * back to this address.
 */
export const pageContext = cache(async (): Promise<AppContext> => {
  const app = await ready();
  const asked = await headers();
  const session = await sessionOf(app, asked, { touch: true });
  const here = landingPath(asked.get(ADDRESS_HEADER));
  const signIn: Route = here === '/' ? '/sign-in' : `/sign-in?callbackUrl=${encodeURIComponent(here)}`;
  if (!session) redirect(signIn);
  const visitor = { requestId: crypto.randomUUID(), signal: AbortSignal.timeout(30_000) };
  return sessionContext(app, session, visitor).catch((error: unknown) => {
    if (hasCode(error, 'signed_out')) redirect(signIn); // its last ticket was found dead just now
    throw error;
  });
});

/** The open session that a request's cookie names, undefined when there is none or it is over. */
export async function sessionOf(app: App, from: Headers, how: { touch: boolean }): Promise<Session | undefined> {
  const cookie = readCookie(from, cookieRules('session', app.config).name);
  if (!cookie) return undefined;
  const claims = await decode({ token: cookie, secret: app.config.authSecret.reveal() }).catch(() => null);
  if (typeof claims?.sid !== 'string') return undefined;
  await app.vault.recall(claims.sid);
  return app.vault.find(claims.sid, how);
}

function clusterOf({ config }: App, from: Headers): string {
  const named = from.get('x-cluster');
  if (named !== null) return named;
  const [only, ...others] = config.clusters;
  if (only && others.length === 0) return only.id;
  throw new AppError('bad_request', 'Several clusters are configured: name one of them in the header X-Cluster.');
}

import 'server-only';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { type App, ready } from '@/lib/boot';
import { isAppError } from '@/lib/domain/errors';
import { refused } from '@/lib/services/sign-in/sign-in';
import { type Attempt, authOptions } from './options';
import { sessionOf } from './session';
import { errorText, readForm, rememberBrowser, tryFrom } from './sign-in';

type Segment = { params: Promise<Readonly<Record<string, string | string[] | undefined>>> };

/** next-auth's own addresses: the sign-in form's target, its CSRF token, sign-out. */
export async function answerAuth(request: NextRequest, segment: Segment): Promise<Response> {
  const app = await ready();
  let known: string | undefined;
  const attempt: Attempt = async (fields) => {
    const outcome = await signInFrom(app, request, fields);
    if ('session' in outcome) known = outcome.known;
    return outcome;
  };
  const { nextauth = [] } = await segment.params;
  const address = { params: { nextauth: [nextauth].flat() } };
  const response: Response = await NextAuth(request, address, authOptions(app, attempt));
  if (known) response.headers.append('set-cookie', rememberBrowser(app, known));
  response.headers.set('cache-control', 'no-store');
  return response;
}

type Outcome = { session: string; known: string } | { error: string };

async function signInFrom(app: App, request: Request, fields: Readonly<Record<string, unknown>>): Promise<Outcome> {
  const form = readForm(fields);
  try {
    if (!form) throw refused();
    const outcome = await tryFrom(app, request, form);
    switch (outcome.kind) {
      case 'second_factor':
        return { error: `TFA:${outcome.id}:${outcome.kinds.join(',')}` };
      case 'expired':
        return { error: 'TFA_EXPIRED' };
      case 'in': {
        // This browser's cookie is about to name a new session, so nobody could sign out of the old one.
        const before = await sessionOf(app, request.headers, { touch: false });
        if (before) await app.vault.end(before.id);
        return { session: await app.vault.open(outcome.cluster, outcome.ticket), known: outcome.known };
      }
    }
  } catch (error) {
    if (!isAppError(error)) app.log.error({ err: error }, 'sign-in failed');
    return { error: errorText(error, form) };
  }
}

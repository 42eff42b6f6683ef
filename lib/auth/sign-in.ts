import 'server-only';
import type { App } from '@/lib/boot';
import { SignInForm } from '@/lib/contract/session';
import { isAppError } from '@/lib/domain/errors';
import { type SignedIn, signIn } from '@/lib/services/sign-in/sign-in';
import { addressOf } from './address';
import { knownCookie, readCookie, setCookie } from './cookies';

/** A try to sign in as this request makes it: its address, its browser, its patience. */
export async function tryFrom(app: App, request: Request, form: SignInForm): Promise<SignedIn> {
  const address = addressOf(request.headers);
  try {
    const browser = app.door.knownBrowsers.read(readCookie(request.headers, knownCookie(app.config).name));
    const outcome = await signIn(app.door, form, { address, browser, signal: request.signal });
    if (outcome.kind === 'in') {
      app.log.info({ cluster: outcome.cluster, user: outcome.ticket.username, address }, 'signed in');
    }
    return outcome;
  } catch (error) {
    // Never the name: people type passwords into the wrong field.
    const cluster = app.clusters.has(form.cluster) ? form.cluster : null;
    if (isAppError(error)) app.log.info({ cluster, address, code: error.code }, 'sign-in failed');
    throw error;
  }
}

/** The header that lets this browser past an attack on its owner's account the next time. */
export const rememberBrowser = (app: App, known: string): string =>
  setCookie(knownCookie(app.config), known, app.door.knownBrowsers.lifeSeconds);

/** The fields of the form among what next-auth passes; undefined when they are none. */
export function readForm(fields: Readonly<Record<string, unknown>>): SignInForm | undefined {
  const own = Object.keys(SignInForm.shape).filter((key) => typeof fields[key] === 'string' && fields[key] !== '');
  // The second step may leave out the cluster: the half ticket knows it.
  return SignInForm.safeParse({ cluster: '', ...Object.fromEntries(own.map((key) => [key, fields[key]])) }).data;
}

/** The error texts of http-api "Sign-in", which the sign-in page reads. */
export function errorText(error: unknown, form: SignInForm | undefined): string {
  if (!isAppError(error)) return 'INTERNAL';
  switch (error.code) {
    case 'refused':
      return 'REFUSED';
    case 'throttled':
      return `THROTTLED:${error.details.retryAfterSeconds}`;
    case 'unavailable': // so many guesses are under way that this one did not get its turn
      return 'THROTTLED:30';
    case 'cluster_unreachable':
    case 'node_unreachable':
      return `AWAY:${form?.cluster ?? ''}`;
    default:
      return 'INTERNAL';
  }
}

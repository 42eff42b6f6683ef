import type { SignInForm } from '@/lib/contract/session';
import { sendJson } from './api';
import { withBase } from './base-path';

/** What became of a try to sign in. `tfa`: the password was right, a second factor is asked for. */
export type SignInOutcome =
  | { kind: 'in' }
  | { kind: 'tfa'; id: string; kinds: string[] }
  | { kind: 'refused' }
  | { kind: 'throttled'; seconds: number }
  | { kind: 'away' }
  | { kind: 'failed' };

/** Reads the text that next-auth hands on from `authorize` (http-api.md, Sign-in). */
export function readOutcome(error: string | null): SignInOutcome {
  const [word, first = '', second = ''] = (error ?? '').split(':');
  switch (word) {
    case '':
      return { kind: 'in' };
    case 'TFA':
      return { kind: 'tfa', id: first, kinds: second.split(',').filter((kind) => kind !== '') };
    case 'REFUSED':
    case 'CredentialsSignin':
      return { kind: 'refused' };
    case 'THROTTLED':
      return { kind: 'throttled', seconds: Math.max(1, Number.parseInt(first, 10) || 60) };
    case 'AWAY':
      return { kind: 'away' };
    default:
      return { kind: 'failed' };
  }
}

/**
 * Signs in by next-auth's own addresses, as next-auth/react does, without its provider: that one would ask for the
 * session on every focus of the window, and costs 9 kB.
 */
export async function signIn(form: SignInForm): Promise<SignInOutcome> {
  const response = await post('/api/auth/callback/proxmox', form);
  const answer: unknown = await response.json().catch(() => null);
  const url = answer && typeof answer === 'object' && 'url' in answer ? String(answer.url) : null;
  if (url === null) return { kind: 'failed' };
  return readOutcome(new URL(url, window.location.href).searchParams.get('error'));
}

/** Ends the session: the tickets held for it are destroyed on the server. */
export const signOut = async (): Promise<void> => {
  await post('/api/auth/signout', {});
};

/** Ends the session in one cluster alone. */
export const signOutOf = (cluster: string): Promise<void> =>
  sendJson(`/api/session/clusters/${encodeURIComponent(cluster)}`, undefined, 'DELETE');

async function post(path: string, fields: object): Promise<Response> {
  const told: { csrfToken: string } = await (await fetch(withBase('/api/auth/csrf'))).json();
  const body = new URLSearchParams({ ...fields, csrfToken: told.csrfToken, callbackUrl: withBase('/'), json: 'true' });
  return fetch(withBase(path), { method: 'POST', body });
}

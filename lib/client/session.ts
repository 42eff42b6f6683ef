import type { AlsoSignedIn, SignInForm } from '@/lib/contract/session';
import { ApiError, sendJson } from './api';
import { withBase } from './base-path';

/** What became of a try to sign in. `tfa`: the password was right, a second factor is asked for. */
export type SignInOutcome =
  | { kind: 'in' }
  | { kind: 'tfa'; id: string; kinds: string[] }
  /** The second factor came too late; the password is asked for again. */
  | { kind: 'expired' }
  | { kind: 'refused' }
  | { kind: 'throttled'; seconds: number }
  | { kind: 'away' }
  | { kind: 'failed' };

const A_MINUTE = 60;

/** Reads the text that next-auth hands on as `error` (http-api, Sign-in). */
export function readOutcome(error: string | null): SignInOutcome {
  const [word, first = '', second = ''] = (error ?? '').split(':');
  switch (word) {
    case '':
      return { kind: 'in' };
    case 'TFA':
      return { kind: 'tfa', id: first, kinds: second.split(',').filter((kind) => kind !== '') };
    case 'TFA_EXPIRED':
      return { kind: 'expired' };
    case 'REFUSED':
      return { kind: 'refused' };
    case 'THROTTLED':
      return { kind: 'throttled', seconds: Number.parseInt(first, 10) || A_MINUTE };
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

/** Adds a cluster to the session that is open. */
export async function alsoSignIn(form: SignInForm): Promise<SignInOutcome> {
  try {
    const answer = await sendJson<AlsoSignedIn>('/api/session/clusters', form);
    return answer.state === 'signed_in' ? { kind: 'in' } : { kind: 'tfa', id: answer.tfa_id, kinds: answer.tfa_kinds };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return outcomeOf(error);
  }
}

function outcomeOf({ code, details }: ApiError): SignInOutcome {
  switch (code) {
    case 'refused':
      return { kind: 'refused' };
    case 'conflict':
      return { kind: 'expired' };
    case 'cluster_unreachable':
    case 'node_unreachable':
      return { kind: 'away' };
    case 'throttled': {
      const seconds = details.retry_after;
      return { kind: 'throttled', seconds: typeof seconds === 'number' ? seconds : A_MINUTE };
    }
    default:
      return { kind: 'failed' };
  }
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

import type { SignInForm } from '@/lib/contract/session';
import { AppError, hasCode } from '@/lib/domain/errors';
import { createTicket, type SignIn, type SignInAnswer } from '@/lib/proxmox/endpoints/access';
import type { Ticket, Transport } from '@/lib/proxmox/transport';
import type { HalfTickets } from './half-tickets';
import type { KnownBrowser, KnownBrowsers } from './known-browser';
import { inLine } from './line';
import type { Throttle } from './throttle';

/** What signing in needs of the process. */
export type Door = {
  /** The cluster as nobody; undefined when it is not configured. */
  cluster(id: string): Transport | undefined;
  throttle: Throttle;
  halfTickets: HalfTickets;
  knownBrowsers: KnownBrowsers;
};

/** Where a try comes from. `address` is the peer's, settled by TRUSTED_PROXIES. */
export type Caller = { address: string; browser: KnownBrowser | undefined; signal: AbortSignal };

export type SignedIn =
  /** `known` is the browser's new `taskscope_known`. */
  | { kind: 'in'; cluster: string; ticket: Ticket; known: string }
  /** `kinds` are those the user has, also ones that cannot be used here. */
  | { kind: 'second_factor'; id: string; kinds: readonly string[] }
  | { kind: 'expired' };

/**
 * Signs in to a cluster, in two steps when a second factor is asked for. Throws `refused` with one text whatever the
 * reason, `throttled`, or `cluster_unreachable`. What was wrong counts, what was right or never answered does not.
 */
export async function signIn(door: Door, form: SignInForm, caller: Caller): Promise<SignedIn> {
  return form.tfa_id === undefined ? firstStep(door, form, caller) : secondStep(door, form, caller);
}

async function firstStep(door: Door, form: SignInForm, caller: Caller): Promise<SignedIn> {
  const pve = door.cluster(form.cluster);
  const username = form.realm ? `${form.username ?? ''}@${form.realm}` : (form.username ?? '');
  // What Proxmox could only refuse is not worth its three seconds (api-contract 2.6).
  if (!pve || !form.password || !/^[^\s:/]{1,64}$/.test(username) || !/.@./.test(username)) throw refused();
  const answer = await oneTry(door, caller, pve, { username, password: form.password });
  if (answer.kind === 'ticket') return entered(door, caller, form.cluster, username, answer.ticket);
  const { challenge, kinds } = answer;
  const half = { cluster: form.cluster, username: answer.username, challenge, kinds };
  return { kind: 'second_factor', id: door.halfTickets.keep(half), kinds };
}

async function secondStep(door: Door, form: SignInForm, caller: Caller): Promise<SignedIn> {
  const id = form.tfa_id ?? '';
  const code = form.tfa_code?.replaceAll(/\s/g, '') ?? '';
  if (code === '' || !form.tfa_kind) throw refused();
  const half = door.halfTickets.use(id);
  const pve = half && door.cluster(half.cluster);
  if (!half || !pve || (form.cluster !== '' && form.cluster !== half.cluster)) return { kind: 'expired' };
  const { cluster, username, challenge } = half;
  const password = `${form.tfa_kind}:${code}`;
  const answer = await oneTry(door, caller, pve, { username, password, tfaChallenge: challenge });
  if (answer.kind !== 'ticket') throw refused();
  door.halfTickets.forget(id);
  return entered(door, caller, cluster, username, answer.ticket);
}

async function oneTry(door: Door, caller: Caller, pve: Transport, form: SignIn): Promise<SignInAnswer> {
  const { cluster } = pve;
  const account = accountOf(form.username);
  const browser = door.knownBrowsers.reserveFor(caller.browser, cluster, account);
  const giveBack = door.throttle.take({ cluster, account, address: caller.address, browser });
  try {
    const answer = await createTicket(inLine(pve, browser === null ? 'strangers' : 'known'), form, caller.signal);
    giveBack();
    return answer;
  } catch (error) {
    if (hasCode(error, 'refused')) throw refused();
    // An abort may come after the guess was judged, so it stays taken; a cluster that is away has judged nothing.
    if (!caller.signal.aborted) giveBack();
    throw error;
  }
}

function entered(door: Door, caller: Caller, cluster: string, username: string, ticket: Ticket): SignedIn {
  const known = door.knownBrowsers.write(caller.browser, cluster, accountOf(username));
  return { kind: 'in', cluster, ticket, known };
}

// Realms may ignore case, so spellings of one name share one budget.
const accountOf = (username: string): string => username.toLowerCase();

/** The one text for every refusal. */
export const refused = (): AppError =>
  new AppError('refused', 'Proxmox did not accept this user, password or code. It does not say which.');

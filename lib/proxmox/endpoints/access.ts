import { AppError, isAppError } from '@/lib/domain/errors';
import type { Permissions } from '@/lib/domain/visibility';
import { AclPaths, PermissionMap, Realms, TicketAnswer } from '@/lib/proxmox/schemas';
import { secondFactorKinds } from '@/lib/proxmox/second-factor';
import type { Ticket, Transport } from '@/lib/proxmox/transport';

/**
 * `password` is the password, a still valid ticket of the same user (renewal), or `kind:answer` with the challenge of the
 * first step as `tfaChallenge`.
 */
export type SignIn = { username: string; password: string; realm?: string; tfaChallenge?: string };

export type SignInAnswer =
  | { kind: 'ticket'; ticket: Ticket }
  /** `challenge` is the half ticket that the second step needs; `kinds` are those this user has, unusable ones too. */
  | { kind: 'tfa'; username: string; challenge: string; kinds: string[] };

/** A 401 comes after three seconds; behind it may stand the two hops of a busy daemon. */
const SIGN_IN_MS = 20_000;

const SIGN_IN_FIELDS = new Set(['username', 'password', 'realm', 'otp', 'tfa-challenge']);

/**
 * A ticket, or the challenge of a second factor (api-contract 2.1 and 2.4). Throws `refused` whatever was wrong with the
 * answers; Proxmox does not say either. The transport is that of nobody: a ticket in the call would win over the form.
 */
export async function createTicket(pve: Transport, signIn: SignIn, signal?: AbortSignal): Promise<SignInAnswer> {
  const form = {
    username: signIn.username,
    password: signIn.password,
    realm: signIn.realm,
    'tfa-challenge': signIn.tfaChallenge,
    'new-format': 1, // Proxmox VE 7 would else use a protocol that later versions dropped
  };
  try {
    const call = { method: 'POST', path: '/access/ticket', form, timeoutMs: SIGN_IN_MS, signal } as const;
    const { username, ticket, CSRFPreventionToken, NeedTFA } = (await pve.send(call, TicketAnswer)).data;
    if (NeedTFA) return { kind: 'tfa', username, challenge: ticket, kinds: secondFactorKinds(ticket) };
    return { kind: 'ticket', ticket: { username, ticket, csrf: CSRFPreventionToken ?? '' } };
  } catch (error) {
    if (!isAppError(error) || !blamesTheForm(error)) throw error;
    throw new AppError('refused', 'The sign-in was refused.', { details: { cluster: pve.cluster } });
  }
}

// A name that is too long is a 400: to the one who signs in it is wrong like any other.
function blamesTheForm({ details }: AppError): boolean {
  const fields = typeof details.errors === 'object' && details.errors !== null ? Object.keys(details.errors) : [];
  return details.status === 400 && fields.length > 0 && fields.every((field) => SIGN_IN_FIELDS.has(field));
}

/** The realms one may sign in to, in no order; needs no credentials. */
export async function listRealms(
  pve: Transport,
  signal?: AbortSignal,
): Promise<{ realm: string; type: string; comment: string | null; isDefault: boolean }[]> {
  return (await pve.send({ path: '/access/domains', signal }, Realms)).data;
}

/** The caller's own rights. Paths without any are left out, and those below a path inherit (api-contract 2.10). */
export async function readPermissions(pve: Transport, signal?: AbortSignal): Promise<Permissions> {
  return (await pve.send({ path: '/access/permissions', signal }, PermissionMap)).data;
}

/**
 * Every path that an ACL of the cluster names. Throws `forbidden` without Sys.Audit on `/access`: Proxmox would answer with a
 * part of them and not say so (PVE::API2::ACL, read_acl).
 */
export async function listAclPaths(pve: Transport, signal?: AbortSignal): Promise<string[]> {
  const path = '/access';
  const held =
    (await pve.send({ path: '/access/permissions', query: { path }, signal }, PermissionMap)).data[path] ?? {};
  if (!('Sys.Audit' in held)) {
    const details = { cluster: pve.cluster, path, privilege: 'Sys.Audit' };
    throw new AppError('forbidden', 'To read the ACLs of the cluster takes Sys.Audit on /access.', { details });
  }
  return (await pve.send({ path: '/access/acl', signal }, AclPaths)).data;
}

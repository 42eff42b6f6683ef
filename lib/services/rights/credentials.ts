import { AppError, hasCode } from '@/lib/domain/errors';
import { readPermissions } from '@/lib/proxmox/endpoints/access';
import { listGuests } from '@/lib/proxmox/endpoints/cluster';
import type { Transport } from '@/lib/proxmox/transport';
import type { Holder } from './rights';

/**
 * How long a session's rights as last known stand in while its cluster is away: as long as Proxmox lets a ticket live, so
 * that the archive stays readable through an outage and nobody sees more for longer than a ticket in hand would allow.
 */
const KEPT_MS = 2 * 60 * 60_000;

/** How a viewer's rights are read through their own transport. */
export const readersOf = (pve: Transport): Pick<Holder, 'readPermissions' | 'readGuests'> => ({
  readPermissions: () => readPermissions(pve),
  readGuests: async () => new Set((await listGuests(pve)).keys()),
});

/** Rights by identity, so that several sessions of one person ask as one; each proves it with a ticket of its own. */
export const sessionHolder = (pve: Transport, identity: string): Holder => ({
  cluster: pve.cluster,
  key: `user ${identity}`,
  keepMs: KEPT_MS,
  ...readersOf(pve),
});

/** The transport that services get: a 403 casts doubt on the rights known, a dead ticket means this cluster alone. */
export function watched(pve: Transport, name: string, onForbidden: () => void): Transport {
  const watch = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (hasCode(error, 'forbidden')) onForbidden();
      if (hasCode(error, 'signed_out')) throw notSignedIn(name, error);
      throw error;
    });
  return {
    cluster: pve.cluster,
    send: (call, schema) => watch(pve.send(call, schema)),
    stream: (call) => watch(pve.stream(call)),
  };
}

export const notSignedIn = (name: string, cause?: unknown): AppError =>
  new AppError('not_signed_in', `You are not signed in to ${name}, or no longer. Sign in to it again.`, { cause });

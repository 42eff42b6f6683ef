import { AppError } from '@/lib/domain/errors';
import { createTicket } from '@/lib/proxmox/endpoints/access';
import type { Transport } from '@/lib/proxmox/transport';
import type { RenewTicket } from './held-ticket';
import { inLine } from './line';

/**
 * A ticket is renewed by signing in with it as the password; no second factor is asked for again (api-contract 2.2).
 * `asNobody`: the cluster without credentials, undefined when it is not configured any more.
 */
export const renewTicket =
  (asNobody: (cluster: string) => Transport | undefined): RenewTicket =>
  async (cluster, { username, ticket }) => {
    const pve = asNobody(cluster);
    const answer = pve && (await createTicket(inLine(pve, 'known'), { username, password: ticket }));
    if (answer?.kind === 'ticket') return answer.ticket;
    throw new AppError('refused', `The ticket of ${cluster} cannot be renewed.`);
  };

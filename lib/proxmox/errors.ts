import { z } from 'zod';
import { AppError } from '@/lib/domain/errors';
import type { ExchangedHead } from './exchange';
import type { Call, Credentials } from './transport';

/** What an error says of where it happened. */
export type Place = { id: string; name: string; call: Call };

const ErrorBody = z.looseObject({
  message: z.string().optional().catch(undefined),
  errors: z.record(z.string(), z.string()).optional().catch(undefined),
});

// "Permission check failed (/nodes/pve1, Sys.Audit)"; without parentheses the detail is withheld (api-contract 2.8).
const PERMISSION = /\((?<path>\/[^,)]*), (?<privilege>[^)]+)\)/;

/** The AppError for an answer with a status of 400 or more; api-contract 1.2, 1.5 and 2.8. */
export function refusal(place: Place, { status, reason }: ExchangedHead, text: string): AppError {
  const body = ErrorBody.safeParse(parsed(text)).data;
  const errors = body?.errors ?? {};
  const message = body?.message?.trim() || reason.trim() || `status ${status}`;
  const details = { cluster: place.id, ...(place.call.node ? { node: place.call.node } : {}), status };

  if (isNodeAway(status)) return nodeAway(place, `${message} (${status})`, details);
  if (status === 501) {
    return new AppError('not_supported', `The Proxmox VE version of ${place.name} has no such call: ${message}`, {
      details,
    });
  }
  if (status === 403) {
    const { path, privilege } = PERMISSION.exec(message)?.groups ?? {};
    const missing = path && privilege ? { path, privilege } : {};
    return new AppError('forbidden', `${place.name} does not allow this: ${message}`, {
      details: { ...details, ...missing },
    });
  }
  if (status === 400 && errors.upid === 'no such task') {
    return new AppError('not_found', `${place.name} knows no such task any more.`, { details });
  }
  const parameters = Object.entries(errors).map(([name, what]) => `${name}: ${what}`);
  return new AppError('rejected', `${place.name} refused: ${[message, ...parameters].join(' · ')}`, {
    details: { ...details, message, errors },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // answers of the HTTP layer itself have a plain text body, or none: the reason phrase says the same
  }
}

/** 595 to 599: the entry node could not reach the node that is to do the work (api-contract 1.5). */
export const isNodeAway = (status: number): boolean => status >= 595 && status <= 599;

/** The node does not answer, its cluster does. Without a node in the call it is the daemon of the entry node. */
export function nodeAway({ id, name, call }: Place, why: string, details: Record<string, unknown> = {}): AppError {
  const whole = { cluster: id, ...(call.node ? { node: call.node } : {}), ...details };
  const doubt = afterDoubt(call);
  return call.node
    ? new AppError('node_unreachable', `Node ${call.node} of ${name} does not answer: ${why}.${doubt}`, {
        details: whole,
      })
    : new AppError('cluster_unreachable', `${name} answers, but its API daemon does not: ${why}.${doubt}`, {
        details: whole,
      });
}

/** What a failed write leaves open, as a sentence; nothing for reads (api-contract, trap 31). */
export const afterDoubt = (call: Call): string =>
  isRead(call) ? '' : ' It may have been done all the same: look before you repeat it.';

/** A 401 that a renewal did not cure. Its text differs between versions, so only the status counts (api-contract 2.8). */
export function unauthorised({ id, name }: Place, kind: Credentials['kind']): AppError {
  const details = { cluster: id, credentials: kind };
  switch (kind) {
    case 'none':
      return new AppError('refused', `${name} refused the sign-in.`, { details });
    case 'token':
      return new AppError(
        'signed_out',
        `${name} does not accept the API token: is it there, enabled and not expired?`,
        {
          details,
        },
      );
    case 'ticket':
      return new AppError('signed_out', `The session in ${name} has ended. Sign in again.`, { details });
  }
}

/** No address could be used; each with why, in words. */
export function clusterAway({ id, name }: Place, tried: readonly { url: string; error: string | null }[]): AppError {
  const why = tried.map(({ url, error }) => `${url} ${error ?? 'was not tried'}`).join('; ');
  return new AppError('cluster_unreachable', `${name} cannot be reached: ${why}.`, {
    details: { cluster: id, addresses: tried },
  });
}

/** The request went out and nothing, or not all, came back in time. With a node in the call, that node is to blame. */
export function timedOutAt(place: Place, url: string, ms: number): AppError {
  const why = `no answer within ${ms / 1000} s`;
  if (place.call.node) return nodeAway(place, why);
  const message = `${place.name} did not answer at ${url} in time: ${why}.${afterDoubt(place.call)}`;
  return new AppError('cluster_unreachable', message, { details: { cluster: place.id } });
}

/** The answer has a form that no version we know gives. `issues` names the places. */
export function unreadable({ id, name, call }: Place, why: string, cause?: unknown): AppError {
  return new AppError('rejected', `${name} answered ${call.path} in a form that cannot be read: ${why}.`, {
    cause,
    details: { cluster: id },
  });
}

export const isRead = (call: Call): boolean => (call.method ?? 'GET') === 'GET';

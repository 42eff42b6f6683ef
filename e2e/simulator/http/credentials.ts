import type { IncomingMessage } from 'node:http';
import { findToken, findUsable } from '../access/accounts.ts';
import { csrfHolds, openTicket } from '../access/tickets.ts';
import type { Cluster } from '../world/model.ts';
import { TransportError } from './answer.ts';

export type Credentials =
  | { kind: 'none' }
  | { kind: 'ticket'; ticket: string }
  | { kind: 'token'; id: string; secret: string };

/** The cookie wins over the Authorization header, a ticket over a token (2.2). */
export function readCredentials(request: IncomingMessage): Credentials {
  const cookie = /(?:^|;)\s*PVEAuthCookie=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  if (cookie) return { kind: 'ticket', ticket: decode(cookie) };
  const header = request.headers.authorization ?? '';
  const ticket = /^PVEAuthCookie[= ](.*)$/.exec(header)?.[1];
  if (ticket) return { kind: 'ticket', ticket: decode(ticket) };
  const token = /^PVEAPIToken[= ](.*)$/.exec(header)?.[1];
  if (token === undefined) return { kind: 'none' };
  const text = decode(token);
  const equals = text.lastIndexOf('=');
  return { kind: 'token', id: text.slice(0, Math.max(equals, 0)), secret: text.slice(equals + 1) };
}

/** The authenticated id, or the 401 that says why not: the text in the status line, no body (2.8). */
export function authenticate(cluster: Cluster, credentials: Credentials, method: string, csrf: string): string {
  const { accounts, clock, version } = cluster;
  const now = clock.seconds();
  const refuse = (cause: string): TransportError =>
    new TransportError(401, version.oneAuthText ? 'Authentication failed!' : cause);
  if (credentials.kind === 'none') throw new TransportError(401, 'No ticket');
  if (credentials.kind === 'token') {
    const found = findToken(accounts, credentials.id, now);
    if (!found)
      throw refuse(`no such token '${credentials.id.split('!')[1] ?? ''}' for user '${credentials.id.split('!')[0]}'`);
    if (found.token.secret !== credentials.secret) throw refuse('invalid token value!');
    return credentials.id;
  }
  const user = openTicket(accounts.key, credentials.ticket, now);
  if (user === undefined || /^!tfa!|^tfa!/.test(user)) throw refuse('permission denied - invalid PVE ticket');
  if (!findUsable(accounts, user, now)) throw refuse('permission denied - invalid PVE ticket');
  if (method !== 'GET' && !csrfHolds(accounts.key, user, csrf, now)) {
    throw new TransportError(401, 'Permission denied - invalid csrf token');
  }
  return user;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

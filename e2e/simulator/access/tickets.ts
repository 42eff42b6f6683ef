import { createHmac, timingSafeEqual } from 'node:crypto';

const LIFETIME_S = 2 * 3600;
const AHEAD_S = 300;

/** A ticket's text: `PVE:<data>:<8 hex seconds>::<signature>` (2.2); only the colon of `data` is percent-encoded. */
export function signTicket(key: Buffer, data: string, now: number, boundTo = ''): string {
  const plain = `PVE:${data.replaceAll(':', '%3A')}:${hex8(now)}`;
  return `${plain}::${signature(key, `${plain}${boundTo}`).toString('base64')}`;
}

/** The data of a ticket that is genuine and not older than two hours, nor from more than five minutes ahead. */
export function openTicket(key: Buffer, ticket: string, now: number, boundTo = ''): string | undefined {
  const match = /^(PVE:(\S+):([0-9A-F]{8}))::([A-Za-z0-9+/=]+)$/.exec(ticket);
  if (!match) return undefined;
  const [, plain = '', data = '', stamp = '', sent = ''] = match;
  const wanted = signature(key, `${plain}${boundTo}`);
  const given = Buffer.from(sent, 'base64');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || !isFresh(stamp, now)) return undefined;
  return data.replaceAll('%3A', ':');
}

export function signCsrf(key: Buffer, user: string, now: number): string {
  const stamp = hex8(now);
  return `${stamp}:${csrfDigest(key, user, stamp)}`;
}

export function csrfHolds(key: Buffer, user: string, token: string, now: number): boolean {
  const [stamp = '', digest] = token.split(':');
  return /^[0-9A-F]{8}$/.test(stamp) && digest === csrfDigest(key, user, stamp) && isFresh(stamp, now);
}

const hex8 = (seconds: number): string => seconds.toString(16).toUpperCase().padStart(8, '0');

function isFresh(stamp: string, now: number): boolean {
  const age = now - Number.parseInt(stamp, 16);
  return age > -AHEAD_S && age < LIFETIME_S;
}

/** 256 bytes, as long as the RSA signature of the real thing, so that cookies have their real size. */
function signature(key: Buffer, text: string): Buffer {
  return Buffer.concat([0, 1, 2, 3].map((part) => createHmac('sha512', key).update(`${part}${text}`).digest()));
}

const csrfDigest = (key: Buffer, user: string, stamp: string): string =>
  createHmac('sha256', key).update(`csrf:${stamp}:${user}`).digest('base64').replace(/=+$/, '');

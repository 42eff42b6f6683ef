import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

type Networks = ReturnType<typeof ipaddr.parseCIDR>[];

/** Addresses and networks as TRUSTED_PROXIES lists them; the configuration has checked them. */
export const readNetworks = (text: string): Networks =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      if (part.includes('/')) return ipaddr.parseCIDR(part);
      const address = ipaddr.process(part);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    });

type Asked = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'headersDistinct'> & {
  socket: { remoteAddress?: string | undefined };
};

/**
 * Makes the forwarded headers of a request true before anyone reads them: `x-forwarded-for` becomes the one address of
 * who asks, and the rest is dropped unless the socket's other end is a trusted proxy. Nobody else can choose them.
 */
export function settleForwarded(request: Asked, trusted: Networks): void {
  const { headers } = request;
  const peer = plainAddress(request.socket.remoteAddress);
  const vouched = isIn(peer, trusted);
  const asker = vouched ? askerOf(headers, peer, trusted) : peer;
  for (const name of Object.keys(headers)) {
    if (/^x-forwarded-for$|^x-real-ip$/.test(name) || (!vouched && /^x-forwarded-|^forwarded$/.test(name)))
      delete headers[name];
  }
  if (asker) headers['x-forwarded-for'] = asker;
  const left = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one] as const),
  );
  request.rawHeaders = left.flat();
  request.headersDistinct = Object.fromEntries(left.map(([name, value]) => [name, [value]]));
}

/** Read from the right: each trusted proxy vouches for the address to the left of its own. */
function askerOf(headers: IncomingHttpHeaders, peer: string, trusted: Networks): string {
  const listed = [headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? []].flat().join(',').split(',');
  let asker = peer;
  for (const text of listed.reverse()) {
    if (!isIn(asker, trusted)) break;
    const address = plainAddress(text);
    if (address === '') break; // "unknown", or not an address: what vouches for it is the best there is
    asker = address;
  }
  return asker;
}

const isIn = (address: string, networks: Networks): boolean => {
  if (address === '') return false;
  const parsed = ipaddr.parse(address);
  return networks.some((network) => network[0].kind() === parsed.kind() && parsed.match(network));
};

/** One spelling for each address, IPv4 in IPv6 unwrapped, a port or zone cut off; empty for what is none. */
function plainAddress(text: string | undefined): string {
  const bare = (text ?? '')
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : '';
}

import type { Credentials, Ticket } from './transport';

/** What a call carries, and what to do once when it was refused with 401. */
export type Authority = {
  headers(writes: boolean): Record<string, string>;
  /** The same person with a new ticket; undefined when there is nothing to renew or the renewal was refused. */
  renew(): Promise<Authority | undefined>;
};

const NOTHING_TO_RENEW = async () => undefined;

/** The authority to call with now; undefined when the ticket is dead. */
export async function authorityOf(credentials: Credentials): Promise<Authority | undefined> {
  switch (credentials.kind) {
    case 'none':
      return { headers: () => ({}), renew: NOTHING_TO_RENEW };
    case 'token': {
      const headers = { authorization: `PVEAPIToken=${headerSafe(credentials.token)}` };
      return { headers: () => headers, renew: NOTHING_TO_RENEW };
    }
    case 'ticket': {
      const held = await credentials.current();
      return held && { headers: (writes) => ticketHeaders(held, writes), renew: () => renewed(credentials, held) };
    }
  }
}

async function renewed(
  holder: Extract<Credentials, { kind: 'ticket' }>,
  refused: Ticket,
): Promise<Authority | undefined> {
  const ticket = await holder.renew(refused);
  return ticket && { headers: (writes) => ticketHeaders(ticket, writes), renew: NOTHING_TO_RENEW };
}

// A half ticket holds raw quotes and braces, and base64 has "+/=": percent-encoded it fits a cookie (api-contract 2.2).
const ticketHeaders = ({ ticket, csrf }: Ticket, writes: boolean): Record<string, string> => ({
  cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`,
  ...(writes ? { CSRFPreventionToken: csrf } : {}),
});

// The token is percent-decoded by the server (api-contract 2.7), so what has no place in a header may be encoded.
const headerSafe = (text: string): string => text.replaceAll(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);

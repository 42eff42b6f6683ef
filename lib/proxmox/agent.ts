import type { TLSSocket } from 'node:tls';
import { createSecureContext, getCACertificates } from 'node:tls';
import { buildConnector, Pool } from 'undici';

/** How the certificate of a node is checked. Fingerprints are SHA-256 of the leaf, hex with or without colons. */
export type Trust =
  | { kind: 'system' }
  | { kind: 'ca'; pem: string }
  | { kind: 'pinned'; fingerprints: readonly string[] };

/** No connection came about, so nothing was sent: the one failure after which a write may go to another address. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';
}

/**
 * Connections of one address. Writes each have a connection of their own: a kept one may be closed by the node at the very
 * moment it is used again, and then nobody knows whether the write was done (api-contract 1.4, trap 31).
 */
export type AddressPools = { reads: Pool; writes: Pool; destroy(): Promise<void> };

export const CONNECT_TIMEOUT_MS = 5_000;

/** Pools that speak HTTP/1.1 only (2 has no reason phrase, where old versions put their messages) and keep at most 4 s. */
export function openPools(origin: string, trust: Trust): AddressPools {
  const connect = markFailures(connectorOf(trust));
  const limits = {
    connect,
    allowH2: false,
    // A node closes after 5 s idle; below it a connection is rarely used just as it closes.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 4_000,
    // Every call has a deadline of its own; these catch a body that stands still while it is read.
    headersTimeout: 0,
    bodyTimeout: 30_000,
  };
  // A node ends a connection after 100 requests; ending it ourselves leaves no race.
  const reads = new Pool(origin, { ...limits, maxRequestsPerClient: 90 });
  const writes = new Pool(origin, { ...limits, pipelining: 0 });
  const destroy = async () => void (await Promise.all([reads.destroy(), writes.destroy()]));
  return { reads, writes, destroy };
}

function connectorOf(trust: Trust): buildConnector.connector {
  // A resumed session would be one whose certificate was not looked at again.
  const base = { timeout: CONNECT_TIMEOUT_MS, maxCachedSessions: 0, allowH2: false };
  switch (trust.kind) {
    case 'system':
      return buildConnector({ ...base, secureContext: systemTrust() });
    case 'ca':
      return buildConnector({ ...base, secureContext: createSecureContext({ ca: trust.pem }) });
    case 'pinned':
      return pinned(buildConnector({ ...base, rejectUnauthorized: false }), trust.fingerprints);
  }
}

/** The CAs that Node brings and those of this host, where a company's own CA is put; read once, they are hundreds. */
const systemTrust = (() => {
  let context: ReturnType<typeof createSecureContext> | undefined;
  return () => {
    context ??= createSecureContext({ ca: [...getCACertificates('default'), ...getCACertificates('system')] });
    return context;
  };
})();

const bare = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase();

/**
 * Only the leaf counts, not its name or issuer (api-contract 1.6). Checked on the connected socket, before anything is sent:
 * `checkServerIdentity` is not even called when `rejectUnauthorized` is off.
 */
function pinned(connect: buildConnector.connector, fingerprints: readonly string[]): buildConnector.connector {
  const wanted = new Set(fingerprints.map(bare));
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      // The cast holds for https; a plain connection has no certificate and fails like one that shows none.
      const shown = (socket as Partial<TLSSocket>).getPeerX509Certificate?.()?.fingerprint256;
      if (shown !== undefined && wanted.has(bare(shown))) return callback(null, socket);
      socket.destroy();
      callback(Object.assign(new Error(`fingerprint ${shown ?? 'missing'}`), { code: 'ERR_PIN', shown }), null);
    });
}

const markFailures =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) =>
    connect(options, (...[error, socket]) =>
      error
        ? callback(new ConnectFailure(`could not connect to ${options.hostname}`, { cause: error }), null)
        : callback(null, socket),
    );

import { CONNECT_TIMEOUT_MS } from './agent';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections: is the port right and pveproxy running?',
  ENOTFOUND: 'has a name that cannot be resolved',
  EAI_AGAIN: 'has a name that cannot be resolved now: does the name server answer?',
  EHOSTUNREACH: 'cannot be reached from here: no route to the host',
  ENETUNREACH: 'cannot be reached from here: no route to its network',
  ECONNRESET: 'closed the connection at once: does its address filter allow this host?',
  UND_ERR_SOCKET: 'closed the connection at once: does its address filter allow this host?',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  CERT_NOT_YET_VALID: 'has a certificate that is not valid yet: is the clock right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  EPROTO: 'does not speak TLS on this port',
};

// What OpenSSL says of a chain that ends in no CA we know.
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/;

/** Why an address could not be connected, in words that follow its name. Gives back no secrets: none was sent. */
export function connectReason(error: unknown): string {
  const { code, shown, message } = facts(error);
  if (code === 'ERR_PIN') {
    return `has a certificate that is not the pinned one (its SHA-256 is ${shown ?? 'missing'})`;
  }
  if (/TIMEOUT|TIMEDOUT/.test(code))
    return `did not answer within ${CONNECT_TIMEOUT_MS / 1000} s: is a firewall between?`;
  if (UNTRUSTED.test(code)) return 'has a certificate of a CA that is not trusted: give its CA or its fingerprint';
  if (/^ERR_SSL_/.test(code)) return REASONS.EPROTO ?? message;
  return REASONS[code] ?? `could not be connected: ${message}`;
}

function facts(error: unknown): { code: string; shown: string | undefined; message: string } {
  if (!(error instanceof Error)) return { code: '', shown: undefined, message: String(error) };
  const { code, shown } = error as Error & { code?: unknown; shown?: unknown }; // set by Node, undici and our pinning
  return {
    code: typeof code === 'string' ? code : '',
    shown: typeof shown === 'string' ? shown : undefined,
    message: error.message,
  };
}

import type { Readable } from 'node:stream';
import type { Address } from './addresses';
import { encodeForm } from './form';
import type { Call } from './transport';

/** The head of an answer, with the reason phrase: before 2025 the one place of an error's text (api-contract 1.2). */
export type ExchangedHead = {
  status: number;
  reason: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Readable;
};

/**
 * One request to one address, its head and body in one write: a ticket holder's request is dropped without an answer when the
 * body is not there as the server has read the head (measured behaviour, 10). A text body does that, for undici corks the
 * socket around both, and gives it a Content-Length: chunked bodies are refused. GET and DELETE have no body at all.
 * Rejects with `ConnectFailure` when nothing was sent, with the signal's reason, or with undici's error.
 */
export async function exchange(
  address: Address,
  call: Call,
  authority: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ExchangedHead> {
  const method = call.method ?? 'GET';
  const hasBody = method === 'POST' || method === 'PUT';
  const query = encodeForm(call.query ?? {});
  const { statusCode, statusText, headers, body } = await address.pools[method === 'GET' ? 'reads' : 'writes'].request({
    method,
    path: `${address.base}/api2/json${call.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      ...authority,
      'accept-encoding': 'gzip',
      ...(hasBody ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    body: hasBody ? encodeForm(call.form ?? {}) : null,
    signal,
  });
  // Who reads is told of an error by the reading; one that nobody reads any more must not end the process.
  body.on('error', () => {});
  return { status: statusCode, reason: statusText, headers, body };
}

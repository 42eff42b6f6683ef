import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http';

/** No body of ours comes near: a sign-in is a few hundred bytes, the largest document of the API some hundred kilobytes. */
export const MAX_BODY_BYTES = 2 ** 20;

/**
 * How long a request may take to arrive. Both count until its last byte is here and say nothing about the answer, so a
 * stream of events lives on.
 */
export const TIMES: ServerOptions = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

/** Refuses a body above the limit: at once when its length is given, else as soon as too much of it has come. */
export function limitBody(request: IncomingMessage, response: ServerResponse): boolean {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    const request_id = crypto.randomUUID();
    const error = { code: 'too_large', message: `A body may have ${MAX_BODY_BYTES} bytes at most.`, request_id };
    response.writeHead(413, { 'content-type': 'application/json', 'x-request-id': request_id, connection: 'close' });
    response.end(JSON.stringify({ error }));
    return true;
  }
  if (request.headers['transfer-encoding'] !== undefined) {
    let seen = 0;
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding) => {
      seen += chunk?.length ?? 0;
      if (seen <= MAX_BODY_BYTES) return push(chunk, encoding);
      request.destroy();
      return false;
    };
  }
  return false;
}

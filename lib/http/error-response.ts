import 'server-only';
import { type ErrorCode, isAppError } from '@/lib/domain/errors';

/** The one place that knows what our errors are in HTTP. */
const STATUS: Record<ErrorCode, number> = {
  signed_out: 401,
  not_signed_in: 403,
  refused: 401,
  throttled: 429,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  bad_request: 400,
  too_large: 413,
  cluster_unreachable: 502,
  node_unreachable: 502,
  not_supported: 501,
  rejected: 422,
  unavailable: 503,
  internal: 500,
};

/** The details of an error that are told; the rest, as the addresses of a cluster, is for its message and our log. */
const TOLD = ['issues', 'cluster', 'node', 'path', 'privilege'] as const;

/** What a refused query tells besides code and message (search-language 11). */
type QueryRefusal = Error & { code: string; position: number; length: number; token: string; suggestions: string[] };

/** What a program may do with an error: the fields of `error` in our answers, without the request id. */
export type ErrorBody = { code: string; message: string; [detail: string]: unknown };

/** The part of the logger that is needed to tell a failure once. */
export type ErrorLog = { error(facts: object, message: string): void };

/**
 * What the asker is told of a failure. Only our own errors are told; anything else is `internal`, logged here with the
 * request id that leads to it. Never a stack, a cause, or a body of Proxmox.
 */
export function describeError(error: unknown, requestId: string, log: ErrorLog): { status: number; body: ErrorBody } {
  if (isQueryRefusal(error)) {
    const { code, message, position, length, token, suggestions } = error;
    return { status: 400, body: { code, message, position, length, token, suggestions } };
  }
  if (isAppError(error) && error.code in STATUS) {
    const status = STATUS[error.code];
    if (status >= 500 && error.cause) log.error({ err: error, requestId }, 'request failed');
    const told = Object.fromEntries(TOLD.flatMap((key) => (key in error.details ? [[key, error.details[key]]] : [])));
    const again = error.details.retryAfterSeconds;
    const wait = typeof again === 'number' ? { retry_after: again } : {};
    return { status, body: { code: error.code, message: error.message, ...told, ...wait } };
  }
  log.error({ err: error, requestId }, 'request failed');
  return {
    status: 500,
    body: { code: 'internal', message: `Something failed here. The log has it under ${requestId}.` },
  };
}

/** The failure as `{ error: { code, message, request_id, … } }`; a throttled asker is told when to come back. */
export function errorResponse(error: unknown, requestId: string, log: ErrorLog): Response {
  const { status, body } = describeError(error, requestId, log);
  const headers = new Headers({ 'cache-control': 'no-store', 'x-request-id': requestId });
  if (typeof body.retry_after === 'number') headers.set('retry-after', String(body.retry_after));
  return Response.json({ error: { ...body, request_id: requestId } }, { status, headers });
}

// By name, not by instanceof: the bundler may evaluate a module more than once in one process.
const isQueryRefusal = (error: unknown): error is QueryRefusal => error instanceof Error && error.name === 'QueryError';

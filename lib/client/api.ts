import { withBase } from './base-path';

/** What our API answered instead of a result, or that it did not answer (`code` is then `no_answer`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  /** What else stood beside the message: position, length, token and suggestions of a refused search. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, from: { status?: number; requestId?: string; details?: object } = {}) {
    super(message);
    this.code = code;
    this.status = from.status ?? 0;
    this.requestId = from.requestId ?? null;
    this.details = { ...from.details };
  }
}

type Params = Readonly<Record<string, string | number | undefined>>;

/** GET of our own API. Throws `ApiError`; an abort throws the signal's reason. */
export const getJson = <T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> =>
  send<T>(path + queryText(params), signal ? { signal } : {});

/** A write: POST with a JSON body unless told otherwise. Throws `ApiError`. */
export const sendJson = <T>(path: string, body?: object, method: 'POST' | 'DELETE' | 'PUT' = 'POST'): Promise<T> =>
  send<T>(path, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(withBase(path), { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError('no_answer', 'Taskscope does not answer. Is the network up, or is it being restarted?');
  });
  if (!response.ok) throw await errorOf(response);
  // Our own answer: its shape is checked where it is made.
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const told = isErrorBody(body) ? body.error : null;
  if (!told) {
    return new ApiError('no_answer', `The server answered ${response.status} without a reason.`, {
      status: response.status,
    });
  }
  const { code, message, request_id: requestId, ...details } = told;
  return new ApiError(code, message, {
    status: response.status,
    details,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

type ErrorBody = { error: { code: string; message: string; request_id?: string } };
const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';

/** `?a=1&b=2`, leaving out what is undefined; empty when nothing is left. */
export function queryText(params: Params): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== undefined) query.set(key, String(value));
  return query.size > 0 ? `?${query}` : '';
}

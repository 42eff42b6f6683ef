import { deflateSync, gzipSync } from 'node:zlib';

/** What a handler gives back. */
export type Result = { kind: 'data'; data: unknown; total?: number } | { kind: 'file'; bytes: Buffer; name: string };

export const data = (value: unknown, total?: number): Result =>
  total === undefined ? { kind: 'data', data: value } : { kind: 'data', data: value, total };

/** A refusal by a handler: becomes the error envelope (1.2). `message` is the reason phrase. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: Record<string, string> | undefined;

  constructor(status: number, message: string, errors?: Record<string, string>) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export const badParameters = (errors: Record<string, string>): ApiError =>
  new ApiError(400, 'Parameter verification failed.', errors);

/** An answer that the HTTP layer makes itself: plain text or nothing, no envelope. */
export class TransportError extends Error {
  readonly status: number;
  readonly body: string;

  constructor(status: number, reason: string, body = '') {
    super(reason);
    this.status = status;
    this.body = body;
  }
}

export type Answer = { status: number; reason: string; headers: [string, string][]; body: Buffer | undefined };

export type Route = 'direct' | 'protected' | 'proxied' | 'proxied-protected' | 'proxied-write';

/** The Connection headers that a successful answer carries, by the way it took (1.4, measured 6). */
const CONNECTION: Record<Route, string[]> = {
  direct: ['Keep-Alive'],
  protected: ['close', 'Keep-Alive'],
  proxied: ['Keep-Alive', 'Keep-Alive'],
  'proxied-protected': ['close,Keep-Alive', 'Keep-Alive'],
  'proxied-write': ['close', 'Keep-Alive'],
};

export type Shape = {
  status: number;
  reason: string;
  connection: string[];
  body?: Buffer;
  type?: string;
  encoding?: string;
  disposition?: string;
  /** An empty download has no Content-Length: the answer ends with the connection. */
  openEnd?: boolean;
};

/** Headers in the order of the real server. */
export function shape(parts: Shape): Answer {
  const date = new Date().toUTCString();
  const headers: [string, string][] = [
    ['Cache-Control', 'max-age=0'],
    ...parts.connection.map((value): [string, string] => ['Connection', value]),
    ['Date', date],
    ['Pragma', 'no-cache'],
    ['Server', 'pve-api-daemon/3.0'],
  ];
  if (parts.encoding) headers.push(['Content-Encoding', parts.encoding]);
  if (parts.body && !parts.openEnd) headers.push(['Content-Length', String(parts.body.length)]);
  if (parts.type) headers.push(['Content-Type', parts.type]);
  if (parts.disposition) headers.push(['Content-Disposition', parts.disposition]);
  headers.push(['Expires', date]);
  return { status: parts.status, reason: parts.reason.split('\n')[0] ?? '', headers, body: parts.body };
}

export const connectionFor = (route: Route): string[] => CONNECTION[route];

/** Bodies above 1024 bytes are compressed for clients that say they take it. */
export function compress(body: Buffer, accepted: string): { body: Buffer; encoding?: string } {
  if (body.length <= 1024) return { body };
  if (/\bgzip\b/.test(accepted)) return { body: gzipSync(body), encoding: 'gzip' };
  if (/\bdeflate\b/.test(accepted)) return { body: deflateSync(body), encoding: 'deflate' };
  return { body };
}

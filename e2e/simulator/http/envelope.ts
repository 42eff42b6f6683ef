import { gzipSync } from 'node:zlib';
import type { Version } from '../world/version.ts';
import {
  type Answer,
  ApiError,
  compress,
  connectionFor,
  type Result,
  type Route,
  shape,
  TransportError,
} from './answer.ts';
import { loosen } from './loose.ts';

export type Ask = { format: 'json' | 'extjs'; accepted: string; version: Version; route: Route; loose: boolean };

const JSON_TYPE = 'application/json;charset=UTF-8';

/** A handler's result as it goes over the wire (1.2). */
export function answerResult(result: Result, ask: Ask): Answer {
  const connection = connectionFor(ask.route);
  if (result.kind === 'file') return answerFile(result.bytes, result.name, connection);
  const body: Record<string, unknown> = { data: ask.loose ? loosen(result.data) : result.data };
  if (result.total) body.total = result.total;
  if (ask.format === 'extjs') body.success = 1;
  return json(200, 'OK', body, connection, ask.accepted);
}

/** A refusal: by status in json, inside HTTP 200 in extjs; without `message` before pve-http-server 5.2.0. */
export function answerError(error: unknown, ask: Ask): Answer {
  if (error instanceof TransportError) return transportAnswer(error);
  const refusal = error instanceof ApiError ? error : new ApiError(500, String(error));
  const { status, message, errors } = refusal;
  const text = message.startsWith('Method ') ? message : `${message}\n`;
  const body: Record<string, unknown> = { data: null, ...(errors ? { errors } : {}) };
  if (ask.format === 'extjs') {
    const connection = connectionFor(ask.route);
    return json(200, 'OK', { ...body, success: 0, status: String(status), message: text }, connection, ask.accepted);
  }
  if (ask.version.messageInBody) body.message = text;
  return json(status, message, body, ['close'], ask.accepted);
}

export function transportAnswer(error: TransportError): Answer {
  const parts = { status: error.status, reason: error.message, connection: ['close'] };
  return shape(error.body === '' ? parts : { ...parts, body: Buffer.from(error.body) });
}

function json(status: number, reason: string, value: unknown, connection: string[], accepted: string): Answer {
  const packed = compress(Buffer.from(JSON.stringify(value)), accepted);
  return shape({ status, reason, connection, type: JSON_TYPE, ...packed });
}

/** download=1: always gzip above 1024 bytes, whatever the client accepts; without length when empty (4.6). */
function answerFile(bytes: Buffer, name: string, connection: string[]): Answer {
  const disposition = `attachment; filename="${name}"`;
  const common = { status: 200, reason: 'OK', connection, type: 'text/plain', disposition };
  if (bytes.length > 1024) return shape({ ...common, body: gzipSync(bytes), encoding: 'gzip' });
  return shape({ ...common, body: bytes, openEnd: bytes.length === 0 });
}

import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AppError, isAppError } from '@/lib/domain/errors';
import { aNode } from './cluster.test-support';
import { type Recording, recording, recordingNames } from './recording.test-support';
import { replay } from './replay.test-support';
import * as schemas from './schemas';

/** The schema of what a recorded path answers; the rest only has to be an answer. */
function schemaOf({ request: { path, query } }: Recording): z.ZodType<unknown> {
  const below = path.replace(/^\/api2\/json/, '');
  if (query.download === 1) return z.string();
  if (/^\/nodes\/[^/]+\/tasks$/.test(below) || below === '/cluster/tasks') return schemas.TaskRows;
  if (/\/tasks\/[^/]+\/status$/.test(below)) return schemas.TaskStatus;
  if (/\/tasks\/[^/]+\/log$/.test(below)) return schemas.LogRows;
  if (below === '/access/ticket') return schemas.TicketAnswer;
  if (below === '/access/permissions') return schemas.PermissionMap;
  if (below === '/access/domains') return schemas.Realms;
  if (below === '/cluster/resources') return schemas.Guests;
  if (below === '/nodes') return schemas.Nodes;
  return below === '/version' ? schemas.Version : z.unknown();
}

const CODES: Readonly<Record<number, string>> = {
  400: 'rejected',
  401: 'refused',
  403: 'forbidden',
  501: 'not_supported',
};

function codeOf({ request, response: { status, body } }: Recording): string {
  if (JSON.stringify(body ?? '').includes('"no such task"')) return 'not_found';
  if (status >= 595) return request.path.includes('/nodes/') ? 'node_unreachable' : 'cluster_unreachable';
  return CODES[status] ?? 'rejected';
}

test.each(recordingNames())('%s is read over a socket', async (name) => {
  const recorded = recording(name);
  const { pve } = await aNode(() => replay(name));
  const node = /\/nodes\/([^/]+)/.exec(recorded.request.path)?.[1];
  const call = { path: '/recorded', ...(node ? { node } : {}) };
  const { status } = recorded.response;
  const isDownload = recorded.request.query.download === 1;
  const isJson = recorded.response.body !== undefined;

  if (status < 300 && isDownload) {
    const chunks = [];
    for await (const chunk of await pve.stream(call)) chunks.push(chunk);
    const { bodyText = '', bodyBase64 } = recorded.response;
    const expected = bodyBase64 === undefined ? Buffer.from(bodyText) : Buffer.from(bodyBase64, 'base64');
    expect(Buffer.concat(chunks).equals(expected)).toBe(true);
  } else if (status < 300 && isJson) {
    // The extjs format wraps errors into a 200 with data null; we never ask in it.
    const schema = recorded.request.path.startsWith('/api2/json/') ? schemaOf(recorded) : z.unknown();
    const { data, total } = await pve.send(call, schema);
    expect(data).toBeDefined();
    expect(total).toBe(Number((recorded.response.body as { total?: unknown }).total ?? 0));
  } else {
    const error = await pve.send(call, z.unknown()).catch((thrown: unknown) => thrown);
    expect(isAppError(error)).toBe(true);
    expect((error as AppError).code).toBe(codeOf(recorded));
    expect((error as AppError).message).toContain('Lab');
  }
});

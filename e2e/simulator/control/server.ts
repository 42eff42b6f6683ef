import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../world/engine.ts';
import { actions } from './actions.ts';

export type ControlServer = { url: string; close(): Promise<void> };

/** Plain HTTP on loopback for tests; JSON in, JSON out, 400 with `{error}` for what it does not understand. */
export async function openControl(engine: Engine, port: number): Promise<ControlServer> {
  const server = createServer((request, response) => {
    void answer(engine, request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo; // listening on TCP: never a pipe's name
  return { url: `http://127.0.0.1:${bound}`, close: () => close(server) };
}

async function answer(engine: Engine, request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer); // no encoding is set: chunks are buffers
    const body: unknown = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {};
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const call = `${request.method} /${path.split('/')[1] ?? ''}`;
    const action = actions[call];
    if (!action)
      return { status: 404, body: { error: `no such call: ${call}; there are ${Object.keys(actions).join(', ')}` } };
    const rest = path.split('/').slice(2).map(decodeURIComponent);
    return { status: 200, body: (await action(engine, new Map(Object.entries(body ?? {})), rest)) ?? {} };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

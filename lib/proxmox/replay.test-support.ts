import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { answerOf, recording } from './recording.test-support';

/** A request as it came over the socket; `packets` is in how many pieces. */
export type RawRequest = {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string;
  packets: number;
  /** From 1, by connection. */
  connection: number;
};

/** Bytes to write; `cut` ends the connection without a word, `silence` leaves it open without one. */
export type RawAnswer = Buffer | 'cut' | 'silence';

export type RawServer = {
  url: string;
  requests: RawRequest[];
  connections(): number;
  close(): Promise<void>;
};

/** A server of raw sockets: what it writes is written as it is, and what it reads is kept. */
export async function serve(
  answer: (request: RawRequest) => RawAnswer | Promise<RawAnswer>,
  tls?: TlsOptions,
  onPort = 0,
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onSocket = (socket: Socket) => {
    const connection = ++connections;
    let read = Buffer.alloc(0);
    let packets = 0;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', async (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      packets += 1;
      const parsed = parse(read);
      if (!parsed) return;
      read = Buffer.alloc(0);
      const request = { ...parsed, packets, connection };
      packets = 0;
      requests.push(request);
      const reply = await answer(request);
      if (reply === 'cut') socket.destroy();
      else if (reply !== 'silence') write(socket, reply);
    });
  };
  const server = tls ? createTlsServer(tls, onSocket) : createServer(onSocket);
  server.on('tlsClientError', () => {});
  server.listen(onPort, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a TCP server
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

// Without a length an answer ends with its connection.
function write(socket: Socket, reply: Buffer): void {
  if (/^content-length:/im.test(reply.subarray(0, 2_000).toString('latin1'))) socket.write(reply);
  else socket.end(reply);
}

/** The bytes of a recording by name. */
export const replay = (name: string): Buffer => answerOf(recording(name));

/** An answer with a JSON body. */
export function json(body: unknown, status = '200 OK', headers: Record<string, string> = {}): Buffer {
  const text = JSON.stringify(body);
  const lines = Object.entries({ 'Content-Type': 'application/json;charset=UTF-8', ...headers });
  const answer = [
    `HTTP/1.1 ${status}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    text,
  ].join('\r\n');
  return Buffer.from(answer, 'utf8');
}

function parse(bytes: Buffer): Omit<RawRequest, 'packets' | 'connection'> | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const [method = '', target = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = bytes.subarray(end + 4);
  if (body.byteLength < Number(headers['content-length'] ?? 0)) return undefined;
  return { method, target, headers, body: body.toString('utf8') };
}

import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Certificate } from './certificate.ts';
import { type Place, send, serve } from './serve.ts';

const REQUESTS_PER_CONNECTION = 100;
const IDLE_MS = 5000;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_HEADER_LINES = 64;
const TLS_HANDSHAKE = 22;

/** A node's port 8006: opens when the node is up, refuses connections when it is not. */
export class Listener {
  readonly #place: Place;
  readonly #certificate: Certificate;
  #server: Server | undefined;
  #sockets = new Set<Socket>();
  #port: number;

  constructor(place: Place, certificate: Certificate, port: number) {
    this.#place = place;
    this.#certificate = certificate;
    this.#port = port;
  }

  /** Gives the port; 0 chose one, which stays the node's for good. */
  async open(): Promise<number> {
    if (this.#server) return this.#port;
    const https = this.#https();
    const server = createServer((socket) => this.#accept(socket, https));
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(explain(error, this.#port)));
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port; // listening on TCP: never a pipe's name
    this.#server = server;
    return this.#port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.dropConnections();
    await closed;
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Looks at the first byte: TLS goes on, plain HTTP is sent to https (1.6). A frozen node looks at nothing. */
  async #accept(socket: Socket, https: ReturnType<typeof createHttpsServer>): Promise<void> {
    const { simulation, entry } = this.#place;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    await simulation.thawed(entry);
    const idle = setTimeout(() => socket.destroy(), IDLE_MS);
    socket.once('data', (first: Buffer) => {
      clearTimeout(idle);
      socket.pause();
      if (first[0] !== TLS_HANDSHAKE) return redirect(socket, first, this.#place.entry.url);
      socket.unshift(first);
      https.emit('connection', socket);
    });
  }

  #https(): ReturnType<typeof createHttpsServer> {
    const answered = new WeakMap<object, number>();
    const { key, pem } = this.#certificate;
    // The lenient parser, so that a chunked body with a length gets the answer of the real server, not Node's.
    const server = createHttpsServer(
      { key, cert: pem, maxHeaderSize: MAX_HEADER_BYTES, insecureHTTPParser: true },
      (request, response) => {
        const number = (answered.get(request.socket) ?? 0) + 1;
        answered.set(request.socket, number);
        void this.#place.simulation
          .thawed(this.#place.entry)
          .then(() => (request.rawHeaders.length / 2 > MAX_HEADER_LINES ? undefined : serve(this.#place, request)))
          .then((answer) => {
            if (answer) send(response, answer, number >= REQUESTS_PER_CONNECTION);
            else request.socket.destroy();
          });
      },
    );
    server.keepAliveTimeout = IDLE_MS;
    server.requestTimeout = 0;
    server.headersTimeout = 0;
    server.on('clientError', (_error, socket) => socket.destroy());
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }
}

const explain = (error: Error, port: number): Error =>
  'code' in error && error.code === 'EADDRINUSE'
    ? new Error(`Port ${port} is taken. Choose other ports with --port, or any free ones with --port 0.`)
    : error;

function redirect(socket: Socket, head: Buffer, url: string): void {
  const [method = 'GET', target = '/'] = head.toString('latin1').split(' ');
  const status = method === 'GET' || method === 'HEAD' ? '301 Moved Permanently' : '308 Permanent Redirect';
  socket.end(`HTTP/1.1 ${status}\r\nLocation: ${url}${target}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

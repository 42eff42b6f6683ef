import http, { type RequestListener, type ServerOptions } from 'node:http';
import { readNetworks, settleForwarded } from './forwarded.ts';
import { limitBody, TIMES } from './limits.ts';

// Preloaded (`node --import`) into the process that serves: Next makes its server with http.createServer and lets nobody
// between that and its routes, and a route cannot see the socket. What only the socket's side can settle is settled here.

const trusted = readNetworks(process.env.TRUSTED_PROXIES ?? '');
const createServer = http.createServer;

http.createServer = ((first?: ServerOptions | RequestListener, second?: RequestListener) => {
  const [options, listener] = typeof first === 'function' ? [{}, first] : [first ?? {}, second];
  const server = createServer({ ...TIMES, ...options }, (request, response) => {
    settleForwarded(request, trusted);
    // Told to stop, the server waits for its connections: none may idle on behind its last answer.
    response.once('finish', () => server.listening || request.socket.end());
    if (!limitBody(request, response)) listener?.(request, response);
  });
  server.prependListener('upgrade', (request) => settleForwarded(request, trusted));
  return server;
}) as typeof createServer; // the overloads of one function

import type { IncomingMessage, ServerResponse } from 'node:http';
import { holds } from '../access/permissions.ts';
import type { Cluster, SimNode } from '../world/model.ts';
import type { Simulation } from '../world/simulation.ts';
import { type Answer, ApiError, type Route, TransportError } from './answer.ts';
import { authenticate, type Credentials, readCredentials } from './credentials.ts';
import { type Ask, answerError, answerResult, transportAnswer } from './envelope.ts';
import { readParams } from './params.ts';
import { readBody, readTarget, refuseByHead, type Target } from './request.ts';
import type { ApiRoute, Call, Router } from './route.ts';

export type Place = { simulation: Simulation; cluster: Cluster; entry: SimNode; router: Router };

/** One request from its head to its answer; undefined when the server drops the connection without a word. */
export async function serve(place: Place, request: IncomingMessage): Promise<Answer | undefined> {
  const begun = Date.now();
  const answer = await answerRequest(place, request);
  const wait = place.entry.slowMs + (isRefused(answer) ? place.simulation.timing.refusalMs : 0) - (Date.now() - begun);
  if (wait > 0) await pause(wait);
  return answer;
}

/** The 3 s of every 401, the one inside an extjs answer too. */
const isRefused = (answer: Answer | undefined): boolean =>
  answer?.status === 401 || (answer?.status === 200 && answer.body?.includes('"status":"401"') === true);

async function answerRequest(place: Place, request: IncomingMessage): Promise<Answer | undefined> {
  const { simulation, cluster } = place;
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const ask: Ask = { format: 'json', accepted, version: cluster.version, route: 'direct', loose: simulation.loose };
  try {
    const method = request.method ?? '';
    if (!['GET', 'POST', 'PUT', 'DELETE'].includes(method))
      throw new TransportError(501, `method '${method}' not available`);
    const credentials = readCredentials(request);
    refuseByHead(request, cluster.version.maxBodyBytes);
    const bytes = await readWhole(request, credentials);
    if (!bytes) return undefined;
    const target = readTarget(request.url ?? '/');
    ask.format = target.format;
    return await dispatch(place, request, target, credentials, bytes, ask);
  } catch (error) {
    if (error instanceof TransportError) return transportAnswer(error);
    return answerError(error, ask);
  }
}

async function dispatch(
  place: Place,
  request: IncomingMessage,
  target: Target,
  credentials: Credentials,
  bytes: Buffer,
  ask: Ask,
): Promise<Answer> {
  const { simulation, cluster, entry, router } = place;
  const method = request.method ?? '';
  const found = router.find(method, target.path, cluster);
  const csrf = String(request.headers.csrfpreventiontoken ?? '');
  const count = (node: string, call: string, who: string): void =>
    simulation.stats.count({ cluster: cluster.id, entry: entry.name, node, call, who });
  let who = '';
  try {
    if (!found?.route.open) who = authenticate(cluster, credentials, method, csrf);
  } catch (error) {
    count(entry.name, `${method} ${found?.route.path ?? '?'}`, 'refused');
    throw error;
  }
  if (!found) {
    count(entry.name, `${method} ?`, who);
    throw new ApiError(501, `Method '${method} ${target.path}' not implemented`);
  }
  const { route, path } = found;
  const call = `${method} ${route.path}`;
  count(path.node ?? entry.name, call, who);
  const landed = simulation.stats.fly(`${cluster.id}/${path.node ?? entry.name}`);
  try {
    if (route.needs) requirePrivilege(cluster, who, fill(route.needs[0], path), route.needs[1]);
    const node = await reach(place, path.node);
    ask.route = routeTaken(route, node !== entry, method);
    if (route.protected) requireDaemon(node);
    const sent = { ...readBody(bytes, request.headers['content-type'] ?? ''), ...target.query };
    const byToken = credentials.kind === 'token';
    const whole: Call = { ...place, node, who, byToken, path, params: readParams(sent, route.params ?? {}) };
    return answerResult(await route.run(whole), ask);
  } finally {
    landed();
  }
}

/** The node of the path as the entry node reaches it: 595 when it is gone, 596 when it does not answer (1.5). */
async function reach({ simulation, cluster, entry }: Place, name: string | undefined): Promise<SimNode> {
  if (name === undefined || name === 'localhost' || name === entry.name) return entry;
  const node = cluster.nodes.find((other) => other.name === name);
  if (!node) {
    const cause = `failed to get address info for: ${name}: Temporary failure in name resolution`;
    throw new ApiError(500, `hostname lookup '${name}' failed - ${cause}`);
  }
  if (node.state === 'down' || node.state === 'crashed') {
    await pause(simulation.timing.unreachableMs);
    throw new TransportError(595, 'No route to host');
  }
  if (node.state === 'proxy-down') throw new TransportError(595, 'Connection refused');
  if (node.state === 'frozen') {
    await Promise.race([simulation.thawed(node), pause(simulation.timing.frozenMs)]);
    if (node.state === 'frozen') throw new TransportError(596, 'Connection timed out');
  }
  if (node.slowMs > 0) await pause(node.slowMs);
  return node;
}

function requireDaemon(node: SimNode): void {
  if (node.state === 'daemon-down') throw new TransportError(595, 'Connection refused');
}

export function requirePrivilege(cluster: Cluster, who: string, path: string, privilege: string): void {
  if (!holds(cluster, who, path, privilege)) throw new ApiError(403, `Permission check failed (${path}, ${privilege})`);
}

const fill = (template: string, path: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '');

function routeTaken(route: ApiRoute, away: boolean, method: string): Route {
  if (!away) return route.protected ? 'protected' : 'direct';
  if (method !== 'GET') return 'proxied-write';
  return route.protected ? 'proxied-protected' : 'proxied';
}

/** How long a body may lag behind its head when a ticket signed it; 100 ms were too long 6 times of 6 (measured 10). */
const LAG_MS = 40;
const TICKET_BODY_BYTES = 32 * 1024;

/** The body, or nothing when a ticket's request came in pieces: the real server then drops the connection. */
async function readWhole(request: IncomingMessage, credentials: Credentials): Promise<Buffer | undefined> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (!(length > 0)) return Buffer.alloc(0);
  const whole = new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
  if (credentials.kind !== 'ticket') return whole;
  if (length > TICKET_BODY_BYTES) return undefined;
  return Promise.race([whole, pause(LAG_MS).then(() => undefined)]);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes an answer; the order of headers and doubled ones stay as they are. */
export function send(response: ServerResponse, answer: Answer, lastOfConnection: boolean): void {
  response.sendDate = false;
  const headers = answer.headers.flatMap(([name, value]) =>
    name === 'Connection' && lastOfConnection ? [name, 'close'] : [name, value],
  );
  response.writeHead(answer.status, answer.reason, headers);
  response.end(answer.body);
}

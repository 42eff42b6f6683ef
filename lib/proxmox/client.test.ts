import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { type AppError, isAppError } from '@/lib/domain/errors';
import { aNode } from './cluster.test-support';
import { FairQueue } from './queue';
import { json, type RawAnswer, replay } from './replay.test-support';
import type { Call, Credentials, Ticket, Transport } from './transport';

const ANY = z.unknown();
const ok = json({ data: null });
const READ: Call = { path: '/nodes/pve2/tasks', node: 'pve2' };
const STOP: Call = { method: 'DELETE', path: '/nodes/pve2/tasks/x', node: 'pve2' };

const failureOf = async (pve: Transport, call: Call): Promise<AppError> => {
  const error = await pve.send(call, ANY).catch((thrown: unknown) => thrown);
  if (!isAppError(error)) throw new Error(`no AppError but ${inspect(error)}`);
  return error;
};

/** Answers one after the other, the last one again and again. */
const inTurn =
  (...answers: RawAnswer[]) =>
  () =>
    (answers.length > 1 ? answers.shift() : answers[0]) ?? 'cut';

test('a read whose connection broke is repeated, up to three tries (1.4)', async () => {
  const { server, pve } = await aNode(inTurn('cut', 'cut', ok));
  await expect(pve.send(READ, ANY)).resolves.toEqual({ data: null, total: 0 });
  expect(server.requests).toHaveLength(3);
});

test('then it fails and says which address broke', async () => {
  const { server, pve } = await aNode(() => 'cut');
  const error = await failureOf(pve, READ);
  expect(error.code).toBe('cluster_unreachable');
  expect(error.message).toBe(`Lab closed the connection to ${server.url} before its answer was complete.`);
  expect(server.requests).toHaveLength(3);
});

test.each(['POST', 'PUT', 'DELETE'] as const)(
  '%s is not repeated, and the error says that it may have been done (trap 31)',
  async (method) => {
    const { server, pve } = await aNode(() => 'cut');
    const error = await failureOf(pve, { method, path: '/x' });
    expect(error.message).toContain('It may have been done all the same');
    expect(server.requests).toHaveLength(1);
  },
);

test('a kept connection that the node closes as it is used again costs nothing but a second try', async () => {
  let calls = 0;
  const { server, pve } = await aNode(() => (++calls === 2 ? 'cut' : ok));
  await pve.send(READ, ANY);
  await expect(pve.send(READ, ANY)).resolves.toEqual({ data: null, total: 0 });
  expect(server.requests).toHaveLength(3);
});

test('an answer that breaks off in its body is repeated', async () => {
  const whole = json({ data: 'x'.repeat(500) });
  const broken = Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 20\r\n\r\n')]);
  const { pve } = await aNode(inTurn(broken, whole));
  await expect(pve.send(READ, z.string())).resolves.toMatchObject({ data: 'x'.repeat(500) });
});

test('a missing total is 0, one in text is a number (1.2)', async () => {
  const { pve } = await aNode(inTurn(json({ data: [] }), json({ data: [], total: '12' })));
  expect((await pve.send(READ, ANY)).total).toBe(0);
  expect((await pve.send(READ, ANY)).total).toBe(12);
});

test('what is not JSON is not taken for an answer, and what is of another form neither', async () => {
  const html = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>');
  const { pve } = await aNode(inTurn(html, json({ data: { secret: 'canary' } })));
  expect((await failureOf(pve, READ)).message).toContain('not JSON');
  const error = await pve.send(READ, z.array(ANY)).catch((thrown: AppError) => thrown);
  expect(error).toMatchObject({ code: 'rejected' });
  expect(inspect(error)).not.toContain('canary');
});

test('an answer beyond 64 MiB is refused, also one that is small while compressed', async () => {
  const body = gzipSync(Buffer.alloc(65 * 2 ** 20, '['));
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { pve } = await aNode(() => Buffer.concat([Buffer.from(head), body]));
  const error = await failureOf(pve, READ);
  expect(error.code).toBe('rejected');
  expect(error.message).toContain('more than 67108864 bytes');
});

test('a call that gets no answer in time blames the node it was for', async () => {
  const { pve } = await aNode(() => 'silence');
  const error = await failureOf(pve, { ...READ, timeoutMs: 60 });
  expect(error.code).toBe('node_unreachable');
  expect(error.message).toBe('Node pve2 of Lab does not answer: no answer within 0.06 s.');
  expect(error.details).toMatchObject({ cluster: 'lab', node: 'pve2' });
});

test('and without a node the address', async () => {
  const { server, pve } = await aNode(() => 'silence');
  const error = await failureOf(pve, { path: '/version', timeoutMs: 60 });
  expect(error.code).toBe('cluster_unreachable');
  expect(error.message).toContain(server.url);
});

test('a frozen node is asked twice, then once in five seconds, while others are asked as ever', async () => {
  let now = 1_000_000;
  const { server, pve } = await aNode(({ target }) => (target.includes('pve2') ? 'silence' : ok), { now: () => now });
  const ask = () => failureOf(pve, { ...READ, timeoutMs: 40 });
  await ask();
  await ask();
  expect((await ask()).message).toContain('asked again in some seconds');
  expect(server.requests).toHaveLength(2);
  await pve.send({ path: '/nodes/pve1/tasks', node: 'pve1' }, ANY);
  now += 5_000;
  await ask();
  expect(server.requests).toHaveLength(4);
});

test('a cancelled signal is passed on as it is, while an answer is awaited and while a turn is', async () => {
  const { pve } = await aNode(() => 'silence', { queue: new FairQueue({ perNode: 1, total: 1 }) });
  const page = new AbortController();
  const reason = new Error('the page was closed');
  const calls = [1, 2].map(() => pve.send({ ...READ, signal: page.signal }, ANY));
  setTimeout(() => page.abort(reason), 50);
  for (const outcome of await Promise.allSettled(calls)) expect(outcome).toMatchObject({ status: 'rejected', reason });
});

test('a turn is not waited for for ever', async () => {
  const queue = new FairQueue({ perNode: 1, total: 1 });
  const { pve } = await aNode(() => ok, { queue });
  await queue.enter('lab/pve2', false, new AbortController().signal);
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const error = failureOf(pve, READ);
  await vi.advanceTimersByTimeAsync(30_000);
  expect((await error).code).toBe('unavailable');
  expect((await error).message).toBe('Lab, node pve2, is busy with earlier calls: none ended within 30 s.');
});

test('at most two calls are in flight for one node (1.4)', async () => {
  let inFlight = 0;
  let most = 0;
  const { pve } = await aNode(async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inFlight -= 1;
    return ok;
  });
  await Promise.all(Array.from({ length: 6 }, () => pve.send(READ, ANY)));
  expect(most).toBe(2);
});

test('a stream keeps its place until it is read to the end, or given up', async () => {
  const queue = new FairQueue({ perNode: 2, total: 8 });
  const { pve } = await aNode(() => replay('log-download-large'), { queue });
  const stream = await pve.stream(READ);
  expect(queue.size.inFlight).toBe(1);
  for await (const chunk of stream) expect(chunk.byteLength).toBeGreaterThan(0);
  await expect.poll(() => queue.size.inFlight).toBe(0);
  for await (const _chunk of await pve.stream(READ)) break;
  await expect.poll(() => queue.size.inFlight).toBe(0);
  const gone = new AbortController();
  await pve.stream({ ...READ, signal: gone.signal });
  gone.abort();
  await expect.poll(() => queue.size.inFlight).toBe(0);
});

test('a download that breaks off throws, it does not end', async () => {
  const whole = replay('log-download-large');
  const head = whole.indexOf('\r\n\r\n') + 4;
  const noLength = whole
    .subarray(0, head)
    .toString('latin1')
    .replace(/Content-Length: \d+\r\n/, '');
  const half = Buffer.concat([Buffer.from(noLength, 'latin1'), whole.subarray(head, (head + whole.length) / 2)]);
  const { pve } = await aNode(() => half);
  const read = async () => {
    for await (const _chunk of await pve.stream(READ));
  };
  await expect(read()).rejects.toMatchObject({ code: 'cluster_unreachable' });
});

const a: Ticket = { username: 'root@pam', ticket: 'PVE:root@pam:AAAA::sig+/=', csrf: 'AAAA:csrf+/=' };
const b: Ticket = { ...a, ticket: 'PVE:root@pam:BBBB::sig', csrf: 'BBBB:csrf' };

function aHolder(after: Ticket | undefined): { credentials: Credentials; renewed: Ticket[] } {
  const renewed: Ticket[] = [];
  const renew = async (refused: Ticket) => {
    renewed.push(refused);
    return after;
  };
  return { renewed, credentials: { kind: 'ticket', current: async () => a, renew } };
}

test('a ticket goes as a percent-encoded cookie, its CSRF token only with writes (2.2, 2.3)', async () => {
  const { server, cluster } = await aNode(() => ok);
  const pve = cluster.as(aHolder(undefined).credentials);
  await pve.send(READ, ANY);
  await pve.send(STOP, ANY);
  expect(server.requests.map(({ headers }) => [headers.cookie, headers.csrfpreventiontoken])).toEqual([
    ['PVEAuthCookie=PVE%3Aroot%40pam%3AAAAA%3A%3Asig%2B%2F%3D', undefined],
    ['PVEAuthCookie=PVE%3Aroot%40pam%3AAAAA%3A%3Asig%2B%2F%3D', 'AAAA:csrf+/='],
  ]);
});

test('after a 401 the ticket is renewed once and the call made again, a write too: it was refused unseen (2.8)', async () => {
  const { server, cluster } = await aNode(inTurn(replay('auth-csrf-expired'), ok));
  const { credentials, renewed } = aHolder(b);
  await cluster.as(credentials).send(STOP, ANY);
  expect(renewed).toEqual([a]);
  expect(server.requests.map(({ headers }) => headers.csrfpreventiontoken)).toEqual([a.csrf, b.csrf]);
});

test.each([
  ['the renewal was refused', undefined, 1],
  ['the new ticket is refused too', b, 2],
] as const)('the session is over when %s', async (_case, after, asked) => {
  const { server, cluster } = await aNode(() => replay('auth-expired-ticket'));
  const { credentials, renewed } = aHolder(after);
  const error = await failureOf(cluster.as(credentials), READ);
  expect(error.code).toBe('signed_out');
  expect(renewed).toHaveLength(1);
  expect(server.requests).toHaveLength(asked);
});

test('a dead ticket is not even sent', async () => {
  const { server, cluster } = await aNode(() => ok);
  const none = async () => undefined;
  const error = await failureOf(cluster.as({ kind: 'ticket', current: none, renew: none }), READ);
  expect(error.code).toBe('signed_out');
  expect(server.requests).toEqual([]);
});

test('two calls that are refused at once can both be renewed, though the renewal needs a turn as well', async () => {
  const { cluster } = await aNode(
    ({ headers, target }) =>
      target.includes('renew') || headers.cookie?.includes('BBBB') ? ok : replay('auth-expired-ticket'),
    { queue: new FairQueue({ perNode: 2, total: 2 }) },
  );
  const nobody = cluster.as({ kind: 'none' });
  const renew = () => nobody.send({ method: 'POST', path: '/renew' }, ANY).then(() => b);
  const pve = cluster.as({ kind: 'ticket', current: async () => a, renew });
  await Promise.all([1, 2].map(() => pve.send({ path: '/cluster/tasks' }, ANY)));
});

test('an API token needs no CSRF token; a refused one is told apart from an ended session (2.7)', async () => {
  const { server, asToken } = await aNode(inTurn(ok, replay('token-expired')));
  await asToken.send(STOP, ANY);
  expect(server.requests[0]?.headers).toMatchObject({ authorization: 'PVEAPIToken=watch@pve!scope=secret-0001' });
  expect(server.requests[0]?.headers).not.toHaveProperty('csrfpreventiontoken');
  const error = await failureOf(asToken, READ);
  expect(error).toMatchObject({ code: 'signed_out', details: { cluster: 'lab', credentials: 'token' } });
});

test('a token that has no place in a header is percent-encoded, for the server decodes it (2.7)', async () => {
  const { server, cluster } = await aNode(() => ok);
  await cluster.as({ kind: 'token', token: 'ü 5%@ad!x=secret' }).send(READ, ANY);
  expect(server.requests[0]?.headers.authorization).toBe('PVEAPIToken=%C3%BC%205%25@ad!x=secret');
});

test('no error shows a ticket, a token or a password', async () => {
  const { cluster, asToken } = await aNode(() => 'cut');
  const asTicket = cluster.as(aHolder(b).credentials);
  for (const pve of [asToken, asTicket]) {
    for (const call of [READ, { method: 'POST', path: '/x', form: { password: 'canary' } } as const]) {
      const shown = inspect(await failureOf(pve, call), { depth: 20, showHidden: true, getters: true });
      for (const secret of ['secret-0001', a.ticket, encodeURIComponent(a.ticket), a.csrf, 'canary']) {
        expect(shown).not.toContain(secret);
      }
    }
  }
});

test('a closed cluster answers no more', async () => {
  const { cluster, pve } = await aNode(() => 'silence');
  const error = failureOf(pve, READ);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await cluster.close();
  expect((await error).code).toBe('unavailable');
});

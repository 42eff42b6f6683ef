import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AppContext } from '@/lib/auth/context';
import { demandOrigin, refuseForeignOrigin } from '@/lib/auth/origin';
import { AppError } from '@/lib/domain/errors';
import { makeRoutes } from './make-route';

const NONE = { params: Promise.resolve({}) };
const CANARY = 'PVE:root@pam:CANARY';

/** Routes for whoever sends the header `who: session` or `who: token`, and a log to look into. */
function anEdge() {
  const logged: unknown[] = [];
  const routes = makeRoutes({
    async context(request, visitor) {
      const who = request.headers.get('who');
      if (who === 'session') demandOrigin(request);
      else if (who !== 'token') throw new AppError('signed_out', 'Sign in first.');
      // The routes under test look at no more of it than this.
      return { ...visitor, session: who === 'session' ? {} : null } as unknown as AppContext;
    },
    refuseForeign: async (request) => refuseForeignOrigin(request, { publicUrl: 'https://ops.example/tasks' }),
    log: { error: (facts) => logged.push(facts) },
  });
  return { ...routes, logged };
}

const { route, rawRoute, foreignRoute, logged } = anEdge();
const echo = route({
  who: 'viewer',
  input: z.strictObject({
    a: z.coerce.number().int().default(1),
    b: z.string().optional(),
    upid: z.string().optional(),
  }),
  output: z.object({ a: z.number(), b: z.string().optional(), upid: z.string().optional() }),
  run: (_ctx, input) => input,
});

const call = (handler: typeof echo, init: RequestInit & { query?: string; params?: Record<string, string> } = {}) =>
  handler(new Request(`http://127.0.0.1/api/echo${init.query ?? ''}`, { headers: { who: 'token' }, ...init }), {
    params: Promise.resolve(init.params ?? {}),
  });
const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()).error });
const write = (headers: Record<string, string>, body: BodyInit = '{}') => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

test('path, query and body are one input, and the answer is the shape that was promised', async () => {
  const answer = await call(echo, {
    ...write({ who: 'token' }, '{"b":"x"}'),
    query: '?a=5',
    params: { upid: 'UPID:é' },
  });
  expect(await answer.json()).toEqual({ a: 5, b: 'x', upid: 'UPID:é' });
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a refusal names every parameter that is unknown or wrong', async () => {
  const error = await errorOf(await call(echo, { query: '?a=x&colour=red&per-page=5' }));
  expect(error).toMatchObject({
    status: 400,
    code: 'bad_request',
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(error.issues.map((issue: { parameter: string }) => issue.parameter)).toEqual(['a', 'colour', 'per-page']);
  expect(error.message).toContain('"colour" is not known here');
});

test.each([
  ['?a=1&a=2', {}],
  ['?upid=x', { upid: 'y' }],
  ['?__proto__=x', {}],
])('%s is refused, for one name has one value', async (query, params) => {
  expect(await errorOf(await call(echo, { query, params }))).toMatchObject({ status: 400, code: 'bad_request' });
});

test('nobody and a dead session are signed out; that comes before what they sent', async () => {
  expect(await errorOf(await call(echo, { headers: {}, query: '?colour=red' }))).toMatchObject({
    status: 401,
    code: 'signed_out',
  });
});

test.each([
  ['a foreign Origin', { who: 'session', origin: 'https://evil.example' }],
  ['our host under another scheme', { who: 'session', origin: 'http://ops.example' }],
  ['a sandboxed page', { who: 'session', origin: 'null' }],
  ['no Origin', { who: 'session' }],
  ['a token in a foreign page', { who: 'token', origin: 'https://evil.example' }],
])('a write from %s is refused', async (_name, headers) => {
  expect(await errorOf(await call(echo, write(headers as Record<string, string>)))).toMatchObject({
    status: 403,
    code: 'forbidden',
  });
});

test.each([
  ['a session at our own Origin', { who: 'session', origin: 'https://ops.example' }],
  ['a token without one', { who: 'token' }],
])('a write of %s is done', async (_name, headers) => {
  expect((await call(echo, write(headers as Record<string, string>))).status).toBe(200);
});

test('a body over the limit is refused, announced or not', async () => {
  const body = JSON.stringify({ b: 'x'.repeat(70_000) });
  expect(await errorOf(await call(echo, write({ who: 'token' }, body)))).toMatchObject({
    status: 413,
    code: 'too_large',
  });
  const unannounced = new Request('http://127.0.0.1/api/echo', {
    ...write({ who: 'token' }),
    body: new Blob([body]).stream(),
    // Node's fetch wants it said for a body that is a stream; the DOM's types do not know it.
    ...({ duplex: 'half' } as object),
  });
  expect(await errorOf(await echo(unannounced, NONE))).toMatchObject({ status: 413, code: 'too_large' });
});

test.each([
  ['no JSON', '{', 'application/json'],
  ['broken UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'application/json'],
  ['a form', 'a=1', 'application/x-www-form-urlencoded'],
])('%s is no body for us', async (_name, body, type) => {
  const answer = await call(echo, { ...write({ who: 'token', 'content-type': type }, body) });
  expect(await errorOf(answer)).toMatchObject({ status: 400, code: 'bad_request' });
});

test('a body that is no object stands under "body"', async () => {
  const sum = route({
    who: 'anyone',
    input: z.strictObject({ body: z.array(z.number()) }),
    output: z.number(),
    run: (_visitor, { body }) => body.reduce((a, b) => a + b, 0),
  });
  expect(await (await call(sum, write({}, '[1,2,3]'))).json()).toBe(6);
});

test('what only a browser session may do is refused to a token', async () => {
  const own = route({ who: 'session', input: z.strictObject({}), output: z.null(), run: () => null });
  expect(await errorOf(await call(own))).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await call(own, { headers: { who: 'session' } })).status).toBe(200);
});

const failing = (error: unknown) =>
  route({
    who: 'anyone',
    input: z.strictObject({}),
    output: z.null(),
    run: () => {
      throw error;
    },
  });

test('an error tells its code, its sentence and what may be told of its details, and no cause', async () => {
  const cause = new Error(`body of Proxmox with ${CANARY}`);
  const details = { cluster: 'lab', node: 'pve1', status: 500, errors: { password: CANARY }, retryAfterSeconds: 7 };
  const answer = await call(failing(new AppError('throttled', 'Too many failed tries.', { cause, details })));
  expect(answer.headers.get('retry-after')).toBe('7');
  const error = await errorOf(answer);
  expect(error).toEqual({
    status: 429,
    code: 'throttled',
    message: 'Too many failed tries.',
    cluster: 'lab',
    node: 'pve1',
    retry_after: 7,
    request_id: answer.headers.get('x-request-id'),
  });
});

test('a refused query tells where, and what was meant', async () => {
  const refusal = Object.assign(new Error('There is no field "status".'), {
    name: 'QueryError',
    ...{ code: 'unknown_field', position: 0, length: 6, token: 'status', suggestions: ['state', 'result'] },
  });
  expect(await errorOf(await call(failing(refusal)))).toMatchObject({
    ...{ status: 400, code: 'unknown_field', position: 0, length: 6, token: 'status' },
    suggestions: ['state', 'result'],
  });
});

test('a bug is "internal", told by its request id, logged once under it', async () => {
  logged.length = 0;
  const bug = new TypeError(`cannot read ${CANARY}`);
  const answer = await call(failing(bug));
  const text = await answer.clone().text();
  expect(text).not.toContain('CANARY');
  expect(text).not.toContain('TypeError');
  const error = await errorOf(answer);
  expect(error).toMatchObject({ status: 500, code: 'internal' });
  expect(logged).toEqual([{ err: bug, requestId: error.request_id }]);
});

test('an answer that breaks the contract is our bug, not the asker’s', async () => {
  const broken = route({
    who: 'anyone',
    input: z.strictObject({}),
    output: z.object({ n: z.number() }),
    run: () => ({ n: Number.NaN }),
  });
  expect(await errorOf(await call(broken))).toMatchObject({ status: 500, code: 'internal' });
});

test('work that takes too long is given up, also when it ignores its signal', async () => {
  const slow = route({
    who: 'anyone',
    input: z.strictObject({}),
    output: z.null(),
    run: () => new Promise<null>(() => {}),
    timeoutMs: 20,
  });
  expect(await errorOf(await call(slow))).toMatchObject({ status: 503, code: 'unavailable' });
});

test('an asker who left is neither logged nor answered', async () => {
  logged.length = 0;
  const left = new AbortController();
  const waiting = rawRoute({
    who: 'anyone',
    input: z.strictObject({}),
    respond: () => new Promise<Response>(() => {}),
  });
  const answer = call(waiting, { signal: left.signal });
  left.abort();
  expect((await answer).status).toBe(499);
  expect(logged).toEqual([]);
});

test('what another library reads is bounded and from our own pages too', async () => {
  const seen = foreignRoute(async (request) => new Response(await request.text()));
  const ours = { origin: 'https://ops.example' };
  expect(await (await call(seen, write(ours, 'a=1'))).text()).toBe('a=1');
  expect((await call(seen, write({}, 'a=1'))).status).toBe(403);
  expect((await call(seen, write({ origin: 'https://evil.example' }, 'a=1'))).status).toBe(403);
  expect((await call(seen, write(ours, 'x'.repeat(70_000)))).status).toBe(413);
});

test.each(['HEAD', 'GET'])('a body that nobody will read is given up: %s', async (method) => {
  let given = 0;
  const gone = new AbortController();
  const late = Promise.withResolvers<void>();
  const cancel = () => {
    given += 1;
  };
  const stream = rawRoute({
    who: 'viewer',
    input: z.strictObject({}),
    async respond() {
      if (method === 'GET') await late.promise;
      return new Response(new ReadableStream({ cancel }), { headers: { 'content-type': 'text/event-stream' } });
    },
  });
  const asked = call(stream, { method, headers: { who: 'token' }, signal: gone.signal });
  if (method === 'GET') {
    gone.abort();
    expect((await asked).status).toBe(499);
    late.resolve();
    await new Promise(setImmediate);
  } else {
    const answer = await asked;
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.body).toBeNull();
  }
  expect(given).toBe(1);
});

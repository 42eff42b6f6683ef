import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { aCluster, aNode } from './cluster.test-support';
import { json, replay, serve } from './replay.test-support';
import { certificates } from './tls.test-support';

const ANY = z.unknown();
const ok = () => json({ data: null });

// Measured behaviour, 10: with a ticket, a body that comes after the head was read loses the connection.
test.each([0, 60, 1_000, 8_000, 14_000])('head and a body of %i bytes come in one piece', async (size) => {
  const { server, pve } = await aNode(ok);
  await pve.send({ method: 'POST', path: '/x', form: { comment: 'c'.repeat(size) } }, ANY);
  expect(server.requests).toMatchObject([{ packets: 1, body: `comment=${'c'.repeat(size)}` }]);
});

test('also inside TLS', async () => {
  const { key, cert, fingerprint } = certificates();
  const server = await serve(ok, { key, cert });
  onTestFinished(() => server.close());
  const pve = aCluster([server.url], { trust: { kind: 'pinned', fingerprints: [fingerprint] } }).as({ kind: 'none' });
  await pve.send({ method: 'POST', path: '/x', form: { comment: 'c'.repeat(8_000) } }, ANY);
  expect(server.requests).toMatchObject([{ packets: 1 }]);
});

test('a body is a form with its length, never chunked (1.3)', async () => {
  const { server, pve } = await aNode(ok);
  await pve.send({ method: 'PUT', path: '/x', form: { tags: 'a;b', force: true, vms: [1, 2] } }, ANY);
  const [request] = server.requests;
  expect(request?.body).toBe('tags=a%3Bb&force=1&vms=1&vms=2');
  expect(request?.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(request?.body.length),
  });
  expect(request?.headers).not.toHaveProperty('transfer-encoding');
});

test('GET and DELETE have no body and no length, their parameters go into the query (1.3)', async () => {
  const { server, pve } = await aNode(ok);
  await pve.send({ path: '/x', query: { limit: 5, errors: false } }, ANY);
  await pve.send({ method: 'DELETE', path: '/x', query: { force: true } }, ANY);
  expect(server.requests.map(({ method, target, body }) => [method, target, body])).toEqual([
    ['GET', '/api2/json/x?limit=5&errors=0', ''],
    ['DELETE', '/api2/json/x?force=1', ''],
  ]);
  for (const { headers } of server.requests) {
    expect(headers).not.toHaveProperty('content-length');
    expect(headers).not.toHaveProperty('transfer-encoding');
  }
});

test('an address may have a path of its own, behind a reverse proxy', async () => {
  const server = await serve(ok);
  onTestFinished(() => server.close());
  await aCluster([`${server.url}/pve/`])
    .as({ kind: 'none' })
    .send({ path: '/version' }, ANY);
  expect(server.requests[0]?.target).toBe('/pve/api2/json/version');
});

test('reads share a kept connection, a write never uses one (1.4)', async () => {
  const { server, pve } = await aNode(ok);
  await pve.send({ path: '/a' }, ANY);
  await setTimeout(20); // undici looks for a moment whether the server closes after all
  await pve.send({ path: '/b' }, ANY);
  await pve.send({ method: 'POST', path: '/c' }, ANY);
  await pve.send({ method: 'POST', path: '/d' }, ANY);
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 2, 3]);
});

test('an answer that passed through another daemon says close and keep-alive; the next call has a new connection (1.4)', async () => {
  const { server, pve } = await aNode(() => replay('log-ok'));
  await pve.send({ path: '/a' }, ANY);
  await pve.send({ path: '/b' }, ANY);
  expect(server.connections()).toBe(2);
});

test('a connection is given up before the node gives it up at 5 s (1.4)', { timeout: 15_000 }, async () => {
  const { server, pve } = await aNode(ok);
  await pve.send({ path: '/a' }, ANY);
  await setTimeout(4_900);
  await pve.send({ path: '/b' }, ANY);
  expect(server.connections()).toBe(2);
});

test('compressed answers are read, JSON and downloads alike (1.4, 4.6)', async () => {
  const { server, pve } = await aNode(({ target }) =>
    replay(target.includes('log') ? 'log-download-large' : 'gzip-large-answer'),
  );
  const { data } = await pve.send({ path: '/access/permissions' }, z.record(z.string(), ANY));
  expect(Object.keys(data).length).toBeGreaterThan(5);
  let text = '';
  for await (const chunk of await pve.stream({ path: '/log' })) text += Buffer.from(chunk).toString();
  expect(text).toMatch(/^line 1: the quick brown fox/);
  expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
});

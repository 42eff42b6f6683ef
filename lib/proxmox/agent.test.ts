import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { AppError } from '@/lib/domain/errors';
import type { Trust } from './agent';
import { aCluster } from './cluster.test-support';
import { json, serve } from './replay.test-support';
import { type Certificates, certificates } from './tls.test-support';

const ANY = z.unknown();
const ours = certificates();
const other = certificates();

async function aTlsNode({ key, cert }: Certificates, trust: Trust) {
  const server = await serve(() => json({ data: 1 }), { key, cert });
  onTestFinished(() => server.close());
  const pve = aCluster([server.url], { trust }).as({ kind: 'token', token: 'a@pve!b=secret' });
  const ask = () => pve.send({ path: '/version' }, ANY);
  return {
    server,
    ask,
    refused: () =>
      ask().then(
        () => 'connected',
        (error: AppError) => error,
      ),
  };
}

test('the pinned leaf is accepted whoever signed it and whatever its name (1.6)', async () => {
  const elsewhere = certificates('DNS:pve1.example');
  const { ask } = await aTlsNode(elsewhere, {
    kind: 'pinned',
    fingerprints: [other.fingerprint, elsewhere.fingerprint],
  });
  await expect(ask()).resolves.toMatchObject({ data: 1 });
});

test('a fingerprint may be written without colons and in lower case', async () => {
  const bare = ours.fingerprint.replaceAll(':', '').toLowerCase();
  const { ask } = await aTlsNode(ours, { kind: 'pinned', fingerprints: [bare] });
  await expect(ask()).resolves.toMatchObject({ data: 1 });
});

test('another leaf gets nothing to read, and the error shows its fingerprint', async () => {
  const { server, refused } = await aTlsNode(ours, { kind: 'pinned', fingerprints: [other.fingerprint] });
  const error = await refused();
  expect(error).toMatchObject({ code: 'cluster_unreachable' });
  expect((error as AppError).message).toBe(
    `Lab cannot be reached: ${server.url} has a certificate that is not the pinned one (its SHA-256 is ${ours.fingerprint}).`,
  );
  expect(server.requests).toEqual([]);
});

test('a pinned cluster is not asked without TLS', async () => {
  const server = await serve(() => json({ data: 1 }));
  onTestFinished(() => server.close());
  const trust: Trust = { kind: 'pinned', fingerprints: [ours.fingerprint] };
  const answer = aCluster([server.url], { trust }).as({ kind: 'none' }).send({ path: '/version' }, ANY);
  await expect(answer).rejects.toMatchObject({ code: 'cluster_unreachable' });
  expect(server.requests).toEqual([]);
});

test('a certificate of the given CA is accepted, one of another is not', async () => {
  const { ask } = await aTlsNode(ours, { kind: 'ca', pem: ours.ca });
  await expect(ask()).resolves.toMatchObject({ data: 1 });
  const { refused, server } = await aTlsNode(ours, { kind: 'ca', pem: other.ca });
  expect(((await refused()) as AppError).message).toContain('a CA that is not trusted: give its CA or its fingerprint');
  expect(server.requests).toEqual([]);
});

test('with a CA the name counts', async () => {
  const elsewhere = certificates('DNS:pve1.example');
  const { refused } = await aTlsNode(elsewhere, { kind: 'ca', pem: elsewhere.ca });
  expect(((await refused()) as AppError).message).toContain('has a certificate for another name');
});

test("this host's CAs do not know the CA of a cluster", async () => {
  const { refused, server } = await aTlsNode(ours, { kind: 'system' });
  expect(((await refused()) as AppError).message).toContain('a CA that is not trusted');
  expect(server.requests).toEqual([]);
});

test('a port that does not speak TLS is told apart', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a TCP server
  const error = await aCluster([`https://127.0.0.1:${port}`])
    .as({ kind: 'none' })
    .send({ path: '/version' }, ANY)
    .catch((thrown: AppError) => thrown);
  expect((error as AppError).message).toContain('does not speak TLS on this port');
});

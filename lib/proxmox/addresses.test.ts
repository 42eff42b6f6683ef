import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { AppError } from '@/lib/domain/errors';
import { aCluster } from './cluster.test-support';
import { json, type RawAnswer, replay, serve } from './replay.test-support';
import type { Call } from './transport';

const ANY = z.unknown();
const ok = () => json({ data: null });
const READ: Call = { path: '/cluster/tasks' };
const WRITE: Call = { method: 'POST', path: '/access/ticket' };

const aServer = async (answer: () => RawAnswer) => {
  const server = await serve(answer);
  onTestFinished(() => server.close());
  return server;
};

/** An address where nothing listens any more. */
async function aDeadUrl(): Promise<string> {
  const server = await serve(ok);
  await server.close();
  return server.url;
}

test.each([READ, WRITE])('an address that cannot be connected is passed over, for $path too', async (call) => {
  const [dead, second] = [await aDeadUrl(), await aServer(ok)];
  const cluster = aCluster([dead, second.url]);
  await cluster.as({ kind: 'none' }).send(call, ANY);
  expect(second.requests).toHaveLength(1);
  expect(cluster.addresses()).toMatchObject([
    { url: dead, healthy: false, error: 'refuses connections: is the port right and pveproxy running?' },
    { url: second.url, healthy: true, error: null },
  ]);
});

test('the first address is returned to once its time-out is over and it works', async () => {
  let now = 1_000_000;
  let first = await serve(ok);
  const second = await aServer(ok);
  const { port } = new URL(first.url);
  const pve = aCluster([first.url, second.url], { now: () => now }).as({ kind: 'none' });
  await first.close();
  await pve.send(READ, ANY);
  first = await serve(ok, undefined, Number(port));
  onTestFinished(() => first.close());
  await pve.send(READ, ANY);
  expect([first.requests.length, second.requests.length]).toEqual([0, 2]);
  now += 1_000;
  await pve.send(READ, ANY);
  expect([first.requests.length, second.requests.length]).toEqual([1, 2]);
});

test('when none can be connected the error names the cluster, each address and why', async () => {
  const dead = await aDeadUrl();
  const pve = aCluster([dead, 'https://no-such-host.invalid:8006']).as({ kind: 'none' });
  const error = await pve.send(READ, ANY).catch((thrown: AppError) => thrown);
  expect(error).toMatchObject({ code: 'cluster_unreachable', details: { cluster: 'lab' } });
  expect((error as AppError).message).toMatch(
    /^Lab cannot be reached: http:\/\/127\.0\.0\.1:\d+ refuses connections.*; https:\/\/no-such-host\.invalid:8006 has a name that cannot be resolved/,
  );
});

test('a dead cluster is not knocked at by every call, but again after a second', async () => {
  let now = 1_000_000;
  const dead = await aDeadUrl();
  const cluster = aCluster([dead], { now: () => now });
  const pve = cluster.as({ kind: 'none' });
  const tried = async () => {
    await expect(pve.send(READ, ANY)).rejects.toMatchObject({ code: 'cluster_unreachable' });
    return cluster.addresses()[0]?.triedAt;
  };
  expect(await tried()).toBe(1_000_000);
  now += 999;
  expect(await tried()).toBe(1_000_000);
  now += 1;
  expect(await tried()).toBe(1_001_000);
});

test('a read goes on when a daemon behind an address is away (595) or a gateway has no node (502)', async () => {
  for (const broken of [replay('fail-daemon-down-login'), json({}, '502 Bad Gateway')]) {
    const [first, second] = [await aServer(() => broken), await aServer(ok)];
    const cluster = aCluster([first.url, second.url]);
    const pve = cluster.as({ kind: 'none' });
    await pve.send(READ, ANY);
    await pve.send(READ, ANY);
    expect([first.requests.length, second.requests.length]).toEqual([1, 2]);
    expect(cluster.addresses()[0]).toMatchObject({ healthy: false });
  }
});

test('a write is not sent to a second address once it was sent to a first, but the next one goes there', async () => {
  const [first, second] = [await aServer(() => replay('fail-daemon-down-login')), await aServer(ok)];
  const pve = aCluster([first.url, second.url]).as({ kind: 'none' });
  await expect(pve.send(WRITE, ANY)).rejects.toMatchObject({ code: 'cluster_unreachable' });
  expect(second.requests).toEqual([]);
  await pve.send(WRITE, ANY);
  expect(second.requests).toHaveLength(1);
});

test('a node of the cluster that is away says nothing of the address that told it', async () => {
  const [first, second] = [await aServer(() => replay('fail-node-offline-tasks')), await aServer(ok)];
  const cluster = aCluster([first.url, second.url]);
  const answer = cluster.as({ kind: 'none' }).send({ path: '/nodes/pve2/tasks', node: 'pve2' }, ANY);
  await expect(answer).rejects.toMatchObject({ code: 'node_unreachable' });
  expect(cluster.addresses()[0]).toMatchObject({ healthy: true });
  expect(second.requests).toEqual([]);
});

test('an entry node that accepts and does not answer comes last for a while', async () => {
  const [first, second] = [await aServer(() => 'silence'), await aServer(ok)];
  const pve = aCluster([first.url, second.url]).as({ kind: 'none' });
  await expect(pve.send({ ...READ, timeoutMs: 50 }, ANY)).rejects.toMatchObject({ code: 'cluster_unreachable' });
  await pve.send(READ, ANY);
  expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AppError } from '@/lib/domain/errors';
import { aNode } from './cluster.test-support';
import { json, type RawAnswer, replay } from './replay.test-support';

async function errorOf(answer: RawAnswer, method: 'GET' | 'DELETE' = 'GET'): Promise<AppError> {
  const { pve } = await aNode(() => answer);
  const sent = pve.send({ method, path: '/nodes/pve2/x', node: 'pve2' }, z.unknown());
  return sent.then(
    () => Promise.reject(new Error('no error')),
    (error: AppError) => error,
  );
}

test('the message is in the body, without its line feed (1.2)', async () => {
  const error = await errorOf(replay('tasks-node-unknown'));
  expect(error.code).toBe('rejected');
  expect(error.message).toMatch(/^Lab refused: hostname lookup 'nope' failed - .*resolution$/);
});

test('before 2025 it is in the reason phrase alone (1.2)', async () => {
  const error = await errorOf(
    json({ data: null }, "500 can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"),
  );
  expect(error.message).toBe("Lab refused: can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout");
  expect(error.details).toMatchObject({ status: 500 });
});

test('a reason phrase beyond ASCII is read', async () => {
  expect((await errorOf(json({ data: null }, '500 Gast läuft nicht'))).message).toBe('Lab refused: Gast läuft nicht');
});

test('without body and phrase the status remains', async () => {
  expect((await errorOf(Buffer.from('HTTP/1.1 500 \r\n\r\n'))).message).toBe('Lab refused: status 500');
});

test('a refused parameter is named with its reason (1.2)', async () => {
  const error = await errorOf(replay('tasks-several-errors'));
  expect(error.message).toContain('Parameter verification failed. · ');
  expect(error.message).toMatch(/limit: /);
});

test('403 tells the path and the privilege that is missing (2.8)', async () => {
  const error = await errorOf(replay('stop-as-auditor'), 'DELETE');
  expect(error).toMatchObject({
    code: 'forbidden',
    details: { cluster: 'lab', node: 'pve2', path: '/nodes/pve1', privilege: 'Sys.Modify' },
  });
});

test('403 without detail stays without (2.8)', async () => {
  const error = await errorOf(json({ data: null }, '403 Permission check failed (user != root@pam)'));
  expect(error.code).toBe('forbidden');
  expect(error.details).not.toHaveProperty('path');
});

test('400 "no such task" is not found (4.5)', async () => {
  expect((await errorOf(replay('status-unknown'))).code).toBe('not_found');
});

test('501 is a call that this version does not have; there is no 404 (1.1)', async () => {
  const error = await errorOf(replay('path-unknown'));
  expect(error.code).toBe('not_supported');
  expect(error.message).toContain("Method 'GET /does/not/exist' not implemented");
});

test.each([595, 596, 597, 598, 599])(
  '%i is a node that does not answer, never a task that is gone (1.5)',
  async (status) => {
    const error = await errorOf(Buffer.from(`HTTP/1.1 ${status} No route to host\r\nConnection: close\r\n\r\n`));
    expect(error).toMatchObject({ code: 'node_unreachable', details: { cluster: 'lab', node: 'pve2', status } });
    expect(error.message).toBe(`Node pve2 of Lab does not answer: No route to host (${status}).`);
  },
);

test('after a write the doubt is said (trap 31)', async () => {
  const error = await errorOf(replay('fail-node-proxy-down-stop'), 'DELETE');
  expect(error.message).toMatch(/It may have been done all the same: look before you repeat it\.$/);
});

test('an answer of the HTTP layer has a plain text body (1.2)', async () => {
  expect((await errorOf(replay('auth-ticket-multipart'))).message).toMatch(/^Lab refused: /);
});

test('a redirect of plain HTTP is no answer (1.6)', async () => {
  const moved = Buffer.from(
    'HTTP/1.1 301 Moved Permanently\r\nLocation: https://pve1:8006/\r\nContent-Length: 0\r\n\r\n',
  );
  expect((await errorOf(moved)).code).toBe('rejected');
});

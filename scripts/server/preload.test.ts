import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from './limits';

// The preload acts on a process, so one is started: a server as Next makes it, which answers with what it was asked.
const SERVER = `
  const http = process.getBuiltinModule('node:http');
  const server = http.createServer(async (req, res) => {
    let bytes = 0;
    for await (const part of req) bytes += part.length;
    res.end(JSON.stringify({ headers: req.headers, bytes, times: [server.headersTimeout, server.requestTimeout] }));
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function serve(trusted: string): Promise<number> {
  const preload = fileURLToPath(new URL('./preload.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', preload, '--eval', SERVER], {
    env: { ...process.env, TRUSTED_PROXIES: trusted },
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return Number(line.toString());
}

async function ask(port: number, headers: Record<string, string | number>, body = '') {
  const sent = request({ host: '127.0.0.1', port, method: body ? 'POST' : 'GET', headers });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) };
}

test('a server made after the preload sees forwarded headers only from trusted proxies', async () => {
  const forged = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
  const strict = await ask(await serve(''), forged);
  expect(strict.body.headers['x-forwarded-for']).toBe('127.0.0.1');
  expect(strict.body.headers['x-forwarded-proto']).toBeUndefined();
  const trusting = await ask(await serve('127.0.0.1'), forged);
  expect(trusting.body.headers).toMatchObject(forged);
});

test('a request has a bounded time to arrive and a bounded body', async () => {
  const port = await serve('');
  const small = await ask(port, {}, 'x'.repeat(1000));
  expect(small.body).toMatchObject({ bytes: 1000, times: [15_000, 30_000] });
  const announced = await ask(port, { 'content-length': MAX_BODY_BYTES + 1 });
  expect(announced).toMatchObject({
    status: 413,
    body: { error: { code: 'too_large', request_id: expect.any(String) } },
  });
});

test('a body of unknown length is cut off when it becomes too large', async () => {
  const socket = connect(await serve(''), '127.0.0.1');
  socket.on('error', () => {}); // the server may reset it
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  for (let sent = 0; sent <= MAX_BODY_BYTES; sent += 0x10000) socket.write(chunk);
  socket.resume();
  await new Promise((resolve) => socket.on('close', resolve));
});

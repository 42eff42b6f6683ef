import { expect, test } from 'vitest';
import { refuseForeignOrigin } from './origin';

const write = (headers: Record<string, string>) =>
  new Request('http://127.0.0.1:3000/api/x', { method: 'DELETE', headers });

test.each([
  ['the host it came to', { host: '10.0.0.5:3000', origin: 'http://10.0.0.5:3000' }],
  [
    'what the trusted proxy says',
    { 'x-forwarded-host': 'ops.example', 'x-forwarded-proto': 'https', origin: 'https://ops.example' },
  ],
])('without PUBLIC_URL our origin is %s', (_name, headers) => {
  expect(() => refuseForeignOrigin(write(headers as Record<string, string>), {})).not.toThrow();
});

test('with PUBLIC_URL no header changes it', () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', origin: 'http://evil.example' };
  const where = { publicUrl: 'https://ops.example/tasks-ui' };
  expect(() => refuseForeignOrigin(write(headers), where)).toThrow('another address');
  expect(() => refuseForeignOrigin(write({ ...headers, origin: 'https://ops.example' }), where)).not.toThrow();
});

test('another port is another page', () => {
  expect(() => refuseForeignOrigin(write({ host: 'a.example:3000', origin: 'http://a.example:3001' }), {})).toThrow();
});

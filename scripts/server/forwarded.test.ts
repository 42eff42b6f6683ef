import { expect, test } from 'vitest';
import { readNetworks, settleForwarded } from './forwarded';

function settled(peer: string | undefined, sent: Record<string, string>, trusted = '') {
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  const request: Parameters<typeof settleForwarded>[0] = {
    socket: { remoteAddress: peer },
    headers,
    rawHeaders: Object.entries(sent).flat(),
    headersDistinct: {},
  };
  settleForwarded(request, readNetworks(trusted));
  return request;
}

const FORGED = {
  Host: 'ops.example',
  'X-Forwarded-For': '192.0.2.66',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '1',
  'X-Forwarded-Prefix': '/x',
  'X-Real-IP': '192.0.2.66',
  Forwarded: 'for=192.0.2.66',
  Cookie: 'a=b',
};

test.each(['', '127.0.0.1', '10.0.0.0/8,fd00::/8'])(
  'from a peer that is not trusted by %j nothing forwarded is left',
  (trusted) => {
    const request = settled('203.0.113.9', FORGED, trusted);
    expect(request.headers).toEqual({ host: 'ops.example', cookie: 'a=b', 'x-forwarded-for': '203.0.113.9' });
    expect(request.rawHeaders).toEqual(['host', 'ops.example', 'cookie', 'a=b', 'x-forwarded-for', '203.0.113.9']);
    expect(request.headersDistinct).toEqual({
      host: ['ops.example'],
      cookie: ['a=b'],
      'x-forwarded-for': ['203.0.113.9'],
    });
  },
);

test('from a trusted proxy host and protocol count', () => {
  const { headers } = settled('127.0.0.1', FORGED, '127.0.0.1');
  expect(headers).toMatchObject({
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '192.0.2.66',
  });
  expect(headers['x-real-ip']).toBeUndefined();
});

test.each([
  ['one proxy names who asks', '127.0.0.1', '203.0.113.9', '127.0.0.1', '203.0.113.9'],
  [
    'what the asker wrote itself stands to the left and does not count',
    '127.0.0.1',
    '8.8.8.8, 203.0.113.9',
    '127.0.0.1',
    '203.0.113.9',
  ],
  ['a chain of trusted proxies is followed', '10.0.0.1', '203.0.113.9, 10.0.0.2', '10.0.0.0/8', '203.0.113.9'],
  [
    'a chain ends at the first address that is not trusted',
    '10.0.0.1',
    '8.8.8.8, 203.0.113.9, 10.0.0.2',
    '10.0.0.0/8',
    '203.0.113.9',
  ],
  ['a word in place of an address is nobody', '127.0.0.1', 'unknown', '127.0.0.1', '127.0.0.1'],
  ['nothing forwarded: the proxy itself asks', '127.0.0.1', '', '127.0.0.1', '127.0.0.1'],
  ['IPv4 within IPv6 is IPv4', '::ffff:127.0.0.1', '::ffff:203.0.113.9', '127.0.0.1', '203.0.113.9'],
  ['IPv6 networks', 'fd00::1', '2001:DB8::1', 'fd00::/8', '2001:db8::1'],
  ['a port and brackets are cut off', '127.0.0.1', '[2001:db8::1]:443', '127.0.0.1', '2001:db8::1'],
])('%s', (_what, peer, list, trusted, asker) => {
  expect(settled(peer, { 'X-Forwarded-For': list }, trusted).headers['x-forwarded-for']).toBe(asker);
});

test('X-Real-IP stands in where a trusted proxy sends no list', () => {
  expect(settled('127.0.0.1', { 'X-Real-IP': '203.0.113.9' }, '127.0.0.1').headers['x-forwarded-for']).toBe(
    '203.0.113.9',
  );
});

test('a peer without an address is trusted by nobody', () => {
  expect(settled(undefined, FORGED, '0.0.0.0/0,::/0').headers).toEqual({ host: 'ops.example', cookie: 'a=b' });
});

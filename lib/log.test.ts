import { expect, test } from 'vitest';
import { Secret } from './config/secret';
import { AppError } from './domain/errors';
import { makeLog } from './log';

const CANARY = 'cAnaRy0123456789+abc';
const TICKET = `PVE:root@pam:65A1B2C3::${CANARY}==`;
const TOKEN = `root@pam!ci=${CANARY}`;

function logged(write: (log: ReturnType<typeof makeLog>) => void): string {
  let text = '';
  const log = makeLog({ write: (line) => (text += line) });
  log.level = 'trace';
  write(log);
  expect(text).not.toBe('');
  return text;
}

test.each([
  'ticket',
  'token',
  'cookie',
  'cookies',
  'Cookie',
  'set-cookie',
  'password',
  'authorization',
  'CSRFPreventionToken',
  'csrf',
  'tfa_challenge',
])('a field named %s is hidden at any depth', (key) => {
  for (const value of [CANARY, [CANARY], { inner: CANARY }]) {
    expect(logged((log) => log.info({ [key]: value }, 'x'))).not.toContain(CANARY);
    expect(logged((log) => log.info({ a: { b: [{ [key]: value }] } }, 'x'))).not.toContain(CANARY);
    expect(logged((log) => log.child({ [key]: value }).info('x'))).not.toContain(CANARY);
    expect(logged((log) => log.error(Object.assign(new Error('x'), { request: { [key]: value } })))).not.toContain(
      CANARY,
    );
  }
});

test.each([
  `cookie was PVEAuthCookie=${TICKET}`,
  `PVEAuthCookie=${encodeURIComponent(TICKET)}; path=/`,
  `sent Authorization: PVEAPIToken=${TOKEN}`,
  `the token ${TOKEN} was refused`,
  `Authorization: Bearer ${CANARY}`,
  `CSRFPreventionToken: 65A1B2C3:${CANARY}`,
  `POST https://pve:8006/api2/json/access/ticket?username=root&password=${CANARY}&realm=pam`,
  `fetch https://root:${CANARY}@pve:8006/ failed`,
  JSON.stringify({ data: { ticket: TICKET, CSRFPreventionToken: `65A1B2C3:${CANARY}` } }),
  JSON.stringify(JSON.stringify({ password: CANARY })),
  `PVE!tfa!%7B%22totp%22%3Atrue%7D:root@pam:65A1B2C3::${CANARY}==`,
])('in running text nothing is left of it: %s', (text) => {
  expect(logged((log) => log.warn(text))).not.toContain(CANARY);
  expect(logged((log) => log.warn({ url: text, list: [text] }, 'x'))).not.toContain(CANARY);
  const cause = new Error(text);
  const err = new AppError('cluster_unreachable', `lab: ${text}`, { cause, details: { upstream: text } });
  expect(logged((log) => log.error({ err }, 'x'))).not.toContain(CANARY);
  expect(logged((log) => log.error(err))).not.toContain(CANARY);
});

test('header maps and secrets show nothing either', () => {
  const headers = new Headers({ cookie: `a=${CANARY}`, authorization: `Bearer ${CANARY}` });
  const map = new Map([['ticket', CANARY]]);
  expect(
    logged((log) => log.info({ headers, map, secret: new Secret(CANARY), value: new Secret(CANARY) }, 'x')),
  ).not.toContain(CANARY);
});

test('what helps stays: fields, level, message, and the code, stack and cause of an error', () => {
  const err = new AppError('node_unreachable', 'pve1 does not answer.', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  });
  const line = JSON.parse(
    logged((log) =>
      log
        .child({ cluster: 'lab' })
        .warn({ err, upid: 'UPID:pve1:0:0:0:vzdump:100:root@pam:', attempt: 2 }, 'log fetch failed'),
    ),
  );
  expect(line).toMatchObject({
    level: 'warn',
    msg: 'log fetch failed',
    cluster: 'lab',
    upid: 'UPID:pve1:0:0:0:vzdump:100:root@pam:',
    attempt: 2,
    err: {
      type: 'AppError',
      code: 'node_unreachable',
      message: 'pve1 does not answer.',
      cause: { code: 'ECONNREFUSED', message: 'refused' },
    },
  });
  expect(line.err.stack).toContain('log.test.ts');
});

test('a value that refers to itself is cut, not followed', () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(logged((log) => log.info({ loop }, 'x'))).toContain('[Circular]');
});

test.each(['PVE:', 'PVE%3A', '!a=', 'token: '])('a long text of %s is cut, and holds up nothing', (text) => {
  const began = performance.now();
  const line = logged((log) => log.info({ said: text.repeat(100_000 / text.length), last: TICKET }, 'heard'));
  expect(performance.now() - began).toBeLessThan(300);
  expect(line.length).toBeLessThan(40_000);
  expect(line).not.toContain(CANARY);
});

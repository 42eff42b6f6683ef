import { expect, test } from 'vitest';
import { aNode } from '@/lib/proxmox/cluster.test-support';
import { recording } from '@/lib/proxmox/recording.test-support';
import { json, type RawAnswer, replay } from '@/lib/proxmox/replay.test-support';
import { createTicket, listAclPaths, listRealms, readPermissions } from './access';

const SIGN_IN = { username: 'totp@pve', password: 'p=a;ss ä' };

const answering = async (answer: RawAnswer) => {
  const { server, pve } = await aNode(() => answer);
  return { server, pve };
};

const halfTicket = (challenge: object): RawAnswer => {
  const text = JSON.stringify(challenge).replaceAll(':', '%3A');
  return json({ data: { username: 'a@pve', ticket: `PVE:!tfa!${text}:6B00365A::sig`, NeedTFA: '1' } });
};

test('a sign-in gives the ticket, its CSRF token and the name as Proxmox spells it (2.1)', async () => {
  const { server, pve } = await answering(replay('auth-ticket-root-ok'));
  const { data } = recording('auth-ticket-root-ok').response.body as { data: Record<string, string> };
  expect(await createTicket(pve, { username: 'ROOT', password: 'x', realm: 'pam' })).toEqual({
    kind: 'ticket',
    ticket: { username: data.username, ticket: data.ticket, csrf: data.CSRFPreventionToken },
  });
  expect(server.requests[0]?.body).toBe('username=ROOT&password=x&realm=pam&new-format=1');
});

test('a second factor is asked for, with the half ticket and its kinds (2.4)', async () => {
  const { server, pve } = await answering(replay('auth-tfa-needed'));
  const { data } = recording('auth-tfa-needed').response.body as { data: { ticket: string } };
  expect(await createTicket(pve, SIGN_IN)).toEqual({
    kind: 'tfa',
    username: 'totp@pve',
    challenge: data.ticket,
    kinds: ['totp'],
  });
  expect(server.requests[0]?.body).toContain('password=p%3Da%3Bss%20%C3%A4');
});

test('the second step sends the whole half ticket and the answer with its kind (2.4)', async () => {
  const { server, pve } = await answering(replay('auth-tfa-ok'));
  const tfaChallenge = 'PVE:!tfa!{"totp"%3Atrue}:6B00365A::sig';
  const answer = await createTicket(pve, { username: 'totp@pve', password: 'totp:123456', tfaChallenge });
  expect(answer.kind).toBe('ticket');
  expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toMatchObject({
    password: 'totp:123456',
    'tfa-challenge': tfaChallenge,
  });
});

test.each([
  [{ totp: true, recovery: [0, 1], yubico: true }, ['totp', 'recovery', 'yubico']],
  [{ recovery: [] }, []],
  [{ webauthn: { publicKey: { challenge: 'a' } }, u2f: { keys: [] } }, ['webauthn', 'u2f']],
  [{ totp: true, 'not-yet-invented': true }, ['totp']],
])('the challenge %j has the kinds %j (2.4)', async (challenge, kinds) => {
  const { pve } = await answering(halfTicket(challenge));
  expect(await createTicket(pve, SIGN_IN)).toMatchObject({ kind: 'tfa', kinds });
});

test('a second factor in the old protocol is not supported (2.4)', async () => {
  const { pve } = await answering(json({ data: { username: 'a@pve', ticket: 'PVE:a@pve:6B00::sig', NeedTFA: 1 } }));
  await expect(createTicket(pve, SIGN_IN)).rejects.toMatchObject({ code: 'not_supported' });
});

test.each([
  'auth-ticket-wrong-password',
  'auth-ticket-unknown-user',
  'auth-ticket-unknown-realm',
  'auth-ticket-disabled-user',
  'auth-ticket-expired-user',
  'auth-ticket-no-realm',
  'auth-tfa-wrong-code',
  'auth-expired-ticket-renew',
  'auth-ticket-username-too-long',
  'auth-ticket-missing-password',
])('%s: refused, and nothing tells why (2.1)', async (name) => {
  const { server, pve } = await answering(replay(name));
  await expect(createTicket(pve, SIGN_IN)).rejects.toMatchObject({
    code: 'refused',
    message: expect.not.stringContaining('username'),
  });
  expect(server.requests).toHaveLength(1);
});

test('a parameter that the version does not have is not the fault of who signs in', async () => {
  const { pve } = await answering(replay('auth-ticket-unknown-parameter'));
  await expect(createTicket(pve, SIGN_IN)).rejects.toMatchObject({ code: 'rejected' });
});

test('a sign-in with the API daemon away is an outage, not a refusal', async () => {
  const { pve } = await answering(replay('fail-daemon-down-login'));
  await expect(createTicket(pve, SIGN_IN)).rejects.toMatchObject({ code: 'cluster_unreachable' });
});

test('realms are told without credentials; a default is 1 in any form (2.6)', async () => {
  const { server, pve } = await answering(replay('domains'));
  expect(await listRealms(pve)).toEqual([
    { realm: 'pam', type: 'pam', comment: 'Linux PAM standard authentication', isDefault: false },
    { realm: 'pve', type: 'pve', comment: 'Proxmox VE authentication server', isDefault: false },
  ]);
  expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
  const { pve: other } = await answering(json({ data: [{ realm: 'ad', type: 'ad', default: '1', tfa: 'oath' }] }));
  expect(await listRealms(other)).toEqual([{ realm: 'ad', type: 'ad', comment: null, isDefault: true }]);
});

test('a privilege with 0 is held too, and values may be text (2.10)', async () => {
  const { pve } = await answering(
    json({ data: { '/': { 'Sys.Audit': '1' }, '/vms/100': { 'VM.Audit': 0, 'VM.Backup': '' } } }),
  );
  expect(await readPermissions(pve)).toEqual({
    '/': { 'Sys.Audit': 1 },
    '/vms/100': { 'VM.Audit': 0, 'VM.Backup': 0 },
  });
});

test('no rights at all are an empty map', async () => {
  const { pve } = await answering(replay('permissions-norights-pve'));
  expect(await readPermissions(pve)).toEqual({});
});

test('the paths of all ACLs, each once', async () => {
  const { pve } = await aNode(({ target }) =>
    target.includes('/access/acl')
      ? json({ data: [{ path: '/', roleid: 'PVEAuditor' }, { path: '/vms/100' }, { path: '/', ugid: 'x' }] })
      : json({ data: { '/access': { 'Sys.Audit': 0 } } }),
  );
  expect(await listAclPaths(pve)).toEqual(['/', '/vms/100']);
});

test('without Sys.Audit on /access Proxmox would tell a part of them, so they are not asked for', async () => {
  const { server, pve } = await aNode(() => json({ data: { '/access': { 'User.Modify': 1 } } }));
  await expect(listAclPaths(pve)).rejects.toMatchObject({ code: 'forbidden', details: { privilege: 'Sys.Audit' } });
  expect(server.requests.map(({ target }) => target)).toEqual(['/api2/json/access/permissions?path=%2Faccess']);
});

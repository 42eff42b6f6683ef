import { afterAll, beforeAll, expect, test } from 'vitest';
import { totpCode } from '@/e2e/simulator/access/totp';
import { readOptions } from '@/e2e/simulator/options';
import { type Simulator, startSimulator } from '@/e2e/simulator/simulator';
import { auditsNode } from '@/lib/domain/visibility';
import { openCluster, type PveCluster } from '@/lib/proxmox/cluster';
import { ApiTokens } from '@/lib/services/rights/api-tokens';
import { readersOf, sessionHolder } from '@/lib/services/rights/credentials';
import { RightsCache } from '@/lib/services/rights/rights';
import { viewOf } from '@/lib/services/rights/viewer';
import { HalfTickets } from './half-tickets';
import { KnownBrowsers } from './known-browser';
import { inLine } from './line';
import { Realms } from './realms';
import { renewTicket } from './renew-ticket';
import { deriveKey } from './seal';
import { type Caller, type Door, signIn } from './sign-in';
import { Throttle } from './throttle';

const now = Date.now;
const stranger: Caller = { address: '192.0.2.1', browser: undefined, signal: new AbortController().signal };
let simulator: Simulator;
let lab: PveCluster;
let door: Door;

beforeAll(async () => {
  const options = readOptions(['--port', '0', '--clusters', 'lab', '--rate', '0', '--fast-401', '--scenario', 'quiet']);
  if (options === 'help') throw new Error('no options');
  simulator = await startSimulator(options);
  const [cluster] = simulator.announcement.clusters;
  if (!cluster) throw new Error('no cluster');
  lab = openCluster({
    ...{ id: 'lab', name: 'Lab', urls: cluster.urls },
    trust: { kind: 'pinned', fingerprints: cluster.fingerprints },
  });
  door = {
    cluster: (id) => (id === 'lab' ? lab.as({ kind: 'none' }) : undefined),
    throttle: new Throttle(now),
    halfTickets: new HalfTickets(now),
    knownBrowsers: new KnownBrowsers(deriveKey('secret', 'known browsers'), now),
  };
});

afterAll(async () => {
  await lab.close();
  await simulator.stop();
});

async function enter(username: string, password: string, realm = 'pve') {
  const outcome = await signIn(door, { cluster: 'lab', realm, username, password }, stranger);
  if (outcome.kind !== 'in') throw new Error(outcome.kind);
  return outcome.ticket;
}

async function viewOfTicket(username: string, password: string) {
  const ticket = await enter(username, password);
  const pve = lab.as({ kind: 'ticket', current: async () => ticket, renew: async () => undefined });
  const { standing, failure } = await new RightsCache(now).of(sessionHolder(pve, ticket.username));
  if (!standing) throw failure ?? new Error('no standing');
  return viewOf(ticket.username, standing, null);
}

test('the realms are the cluster’s own, the default first, OpenID with its reason', async () => {
  const [answer] = await new Realms([{ id: 'lab', name: 'Lab', pve: lab.as({ kind: 'none' }) }], now).list();
  expect(answer?.away).toBe(false);
  expect(answer?.realms[0]?.is_default).toBe(true);
  expect(answer?.realms.find(({ realm }) => realm === 'sso')?.unusable).toContain('OpenID');
});

test('a ticket is renewed with itself, also one that a second factor was asked for', async () => {
  const renew = renewTicket(() => lab.as({ kind: 'none' }));
  const first = await signIn(door, { cluster: 'lab', realm: 'pve', username: 'totp', password: 'totp-demo' }, stranger);
  if (first.kind !== 'second_factor') throw new Error(first.kind);
  expect(first.kinds).toEqual(['totp', 'recovery']);
  const code = totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', now() / 1000);
  const second = { cluster: 'lab', tfa_id: first.id, tfa_kind: 'totp' as const, tfa_code: code };
  const entered = await signIn(door, second, stranger);
  if (entered.kind !== 'in') throw new Error(entered.kind);
  expect((await renew('lab', entered.ticket)).username).toBe('totp@pve');
  await expect(renew('lab', { ...entered.ticket, ticket: 'PVE:totp@pve:65000000::x' })).rejects.toMatchObject({
    code: 'refused',
  });
});

test('who has WebAuthn alone is told so by the kinds', async () => {
  const form = { cluster: 'lab', realm: 'pve', username: 'passkey', password: 'passkey-demo' };
  expect(await signIn(door, form, stranger)).toMatchObject({ kind: 'second_factor', kinds: ['webauthn'] });
});

test('wrong, disabled and expired look the same', async () => {
  const texts = await Promise.all(
    [enter('root', 'wrong', 'pam'), enter('disabled', 'disabled-demo'), enter('expired', 'expired-demo')].map((tried) =>
      tried.then(String, String),
    ),
  );
  expect(new Set(texts).size).toBe(1);
});

test('each viewer sees what Proxmox lets them: all nodes, one node, none', async () => {
  const [first = '', second = ''] = simulator.engine.clusters[0]?.nodes.map(({ name }) => name) ?? [];
  const audits = async (user: string) => {
    const view = await viewOfTicket(user, `${user}-demo`);
    return [auditsNode(view, first), auditsNode(view, second)];
  };
  expect(await audits('admin')).toEqual([true, true]);
  expect(await audits('auditor')).toEqual([true, false]);
  expect(await audits('norights')).toEqual([false, false]);
});

test('a browser that signed in before passes a line of strangers whose guesses Proxmox holds', async () => {
  const entered = await signIn(
    door,
    { cluster: 'lab', realm: 'pam', username: 'root', password: 'root-demo' },
    stranger,
  );
  const browser = entered.kind === 'in' ? door.knownBrowsers.read(entered.known) : undefined;
  const order: string[] = [];
  const guesses = Array.from({ length: 30 }, (_, n) => enter(`nobody${n}`, 'guess').catch(() => order.push('guess')));
  const form = { cluster: 'lab', realm: 'pam', username: 'root', password: 'root-demo' };
  await signIn(door, form, { ...stranger, browser }).then(() => order.push('owner'));
  await Promise.all(guesses);
  expect(order.indexOf('owner')).toBeLessThan(10);
});

test('a token without privilege separation sees as its user, a separated one nothing, a wrong secret is refused', async () => {
  const tokens = new ApiTokens(new RightsCache(now), door.throttle, now);
  const accept = (text: string) =>
    tokens.accept({
      cluster: 'lab',
      text,
      address: '192.0.2.1',
      readers: (line) => readersOf(inLine(lab.as({ kind: 'token', token: text }), line)),
    });
  const full = await accept('admin@pve!full=0d5a3c1e-77b2-4f0a-9f0c-111111111101');
  expect(full).toMatchObject({ identity: 'admin@pve!full', standing: { permissions: { '/': { 'Sys.Audit': 1 } } } });
  const separated = await accept('admin@pve!sep=0d5a3c1e-77b2-4f0a-9f0c-111111111102');
  expect(separated.standing.permissions).toEqual({});
  await expect(accept('admin@pve!full=wrong')).rejects.toMatchObject({ code: 'signed_out' });
});

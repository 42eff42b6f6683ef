import { expect, test } from 'vitest';
import { fakeTransport } from '@/e2e/support/fake-transport';
import { AppError } from '@/lib/domain/errors';
import { HalfTickets } from './half-tickets';
import { KnownBrowsers } from './known-browser';
import { deriveKey } from './seal';
import { type Caller, type Door, signIn } from './sign-in';
import { Throttle } from './throttle';

const HALF_TICKET = `PVE:!tfa!${JSON.stringify({ totp: true, recovery: [0, 1], webauthn: {} }).replaceAll(':', '%3A')}:65000000::sig`;

/** A cluster with root@pam (a password) and tfa@pve (a password and the code 123456); it counts what reaches it. */
function aDoor() {
  const world = { now: 0, asked: 0, away: false };
  const pve = fakeTransport('lab', ({ form }) => {
    world.asked += 1;
    if (world.away) throw new AppError('cluster_unreachable', 'lab cannot be reached');
    const { username, password } = form ?? {};
    const refused = new AppError('refused', 'authentication failure for secret reasons');
    if (form?.['tfa-challenge'] !== undefined) {
      if (form['tfa-challenge'] !== HALF_TICKET || password !== 'totp:123456') throw refused;
      return { username, ticket: 'PVE:tfa@pve:FULL', CSRFPreventionToken: 'csrf' };
    }
    if (username === 'root@pam' && password === 'right')
      return { username, ticket: 'PVE:root@pam:T', CSRFPreventionToken: 'c' };
    if (username === 'tfa@pve' && password === 'right')
      return { username, ticket: HALF_TICKET, NeedTFA: 1, CSRFPreventionToken: 'c' };
    throw refused;
  });
  const door: Door = {
    cluster: (id) => (id === 'lab' ? pve : undefined),
    throttle: new Throttle(() => world.now),
    halfTickets: new HalfTickets(() => world.now),
    knownBrowsers: new KnownBrowsers(deriveKey('secret', 'known browsers'), () => world.now),
  };
  return { door, world };
}

const stranger: Caller = { address: '192.0.2.1', browser: undefined, signal: new AbortController().signal };
const root = { cluster: 'lab', realm: 'pam', username: 'root', password: 'right' };
const tfa = { cluster: 'lab', realm: 'pve', username: 'tfa', password: 'right' };

test('a right password gives the ticket and makes the browser a known one', async () => {
  const { door } = aDoor();
  const outcome = await signIn(door, root, stranger);
  expect(outcome).toMatchObject({ kind: 'in', cluster: 'lab', ticket: { username: 'root@pam', csrf: 'c' } });
  const known = outcome.kind === 'in' ? door.knownBrowsers.read(outcome.known) : undefined;
  expect(door.knownBrowsers.reserveFor(known, 'lab', 'root@pam')).toBe(known?.id);
});

test('every refusal is one text, whatever was wrong', async () => {
  const { door } = aDoor();
  const wrong = [
    { ...root, password: 'wrong' },
    { ...root, username: 'nobody' },
    { ...root, realm: 'nowhere' },
    { ...root, cluster: 'elsewhere' },
    { ...root, username: '' },
    { ...root, password: '' },
    { ...root, username: 'a b' },
    { cluster: 'lab', username: 'root', password: 'right' },
    { cluster: 'lab', tfa_id: 'x', tfa_kind: 'totp' as const, tfa_code: '' },
  ];
  const texts = await Promise.all(
    wrong.map((form) =>
      signIn(door, form, stranger).then(String, (error: AppError) => `${error.code} ${error.message}`),
    ),
  );
  expect(new Set(texts)).toEqual(
    new Set(['refused Proxmox did not accept this user, password or code. It does not say which.']),
  );
});

test('a second factor is a second step; the half ticket stays here', async () => {
  const { door } = aDoor();
  const first = await signIn(door, tfa, stranger);
  if (first.kind !== 'second_factor') throw new Error(first.kind);
  expect(first.kinds).toEqual(['totp', 'recovery', 'webauthn']);
  expect(JSON.stringify(first)).not.toContain('!tfa!');
  const answer = { cluster: '', tfa_id: first.id, tfa_kind: 'totp' as const };
  await expect(signIn(door, { ...answer, tfa_code: '000000' }, stranger)).rejects.toMatchObject({ code: 'refused' });
  expect(await signIn(door, { ...answer, tfa_code: '123 456' }, stranger)).toMatchObject({
    kind: 'in',
    ticket: { username: 'tfa@pve', ticket: 'PVE:tfa@pve:FULL' },
  });
  expect(await signIn(door, { ...answer, tfa_code: '123456' }, stranger)).toEqual({ kind: 'expired' });
});

test('the second step ends after two minutes and after five wrong codes, below the eight that Proxmox counts', async () => {
  const { door, world } = aDoor();
  const first = await signIn(door, tfa, stranger);
  const late = { cluster: 'lab', tfa_id: first.kind === 'second_factor' ? first.id : '', tfa_kind: 'totp' as const };
  world.now += 120_000;
  expect(await signIn(door, { ...late, tfa_code: '123456' }, stranger)).toEqual({ kind: 'expired' });
  const again = await signIn(door, tfa, stranger);
  const guess = { ...late, tfa_id: again.kind === 'second_factor' ? again.id : '', tfa_code: '000000' };
  for (let n = 0; n < 5; n += 1) await expect(signIn(door, guess, stranger)).rejects.toMatchObject({ code: 'refused' });
  expect(await signIn(door, { ...guess, tfa_code: '123456' }, stranger)).toEqual({ kind: 'expired' });
});

test('a thousand guesses at once reach the cluster ten times; codes count like passwords', async () => {
  const { door, world } = aDoor();
  const halves = await Promise.all(Array.from({ length: 5 }, () => signIn(door, tfa, stranger)));
  const before = world.asked;
  const guesses = halves.flatMap((half) =>
    Array.from({ length: 200 }, () =>
      signIn(
        door,
        { cluster: 'lab', tfa_id: half.kind === 'second_factor' ? half.id : '', tfa_kind: 'totp', tfa_code: '000000' },
        stranger,
      ).then(String, (error: AppError) => error.code),
    ),
  );
  await Promise.all(guesses);
  expect(world.asked - before).toBe(10);
  await expect(signIn(door, { ...tfa, password: 'wrong' }, stranger)).rejects.toMatchObject({ code: 'throttled' });
});

test('a browser that signed in before still gets in while its account is under attack', async () => {
  const { door } = aDoor();
  const entered = await signIn(door, root, stranger);
  const browser = entered.kind === 'in' ? door.knownBrowsers.read(entered.known) : undefined;
  const guess = () => signIn(door, { ...root, password: 'wrong' }, stranger).catch(() => undefined);
  await Promise.all(Array.from({ length: 100 }, guess));
  await expect(signIn(door, root, stranger)).rejects.toMatchObject({ code: 'throttled' });
  expect(await signIn(door, root, { ...stranger, browser })).toMatchObject({ kind: 'in' });
});

test('upper case is no second budget', async () => {
  const { door, world } = aDoor();
  const spellings = Array.from({ length: 16 }, (_, n) =>
    [...'root'].map((letter, at) => ((n >> at) & 1 ? letter.toUpperCase() : letter)).join(''),
  );
  for (const username of spellings) {
    await signIn(door, { ...root, username, password: 'wrong' }, stranger).catch(() => undefined);
  }
  expect(world.asked).toBe(10);
});

test('a cluster that is away is told apart, and costs no try', async () => {
  const { door, world } = aDoor();
  world.away = true;
  for (let n = 0; n < 50; n += 1) {
    await expect(signIn(door, root, stranger)).rejects.toMatchObject({ code: 'cluster_unreachable' });
  }
  world.away = false;
  expect(await signIn(door, root, stranger)).toMatchObject({ kind: 'in' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOptions } from '@/e2e/simulator/options';
import { type Simulator, startSimulator } from '@/e2e/simulator/simulator';
import type { SealedSession } from '@/lib/archive/archive';
import { errorResponse } from '@/lib/http/error-response';
import { makeLog } from '@/lib/log';
import { openCluster, type PveCluster } from '@/lib/proxmox/cluster';
import type { Ticket } from '@/lib/proxmox/transport';
import { ApiTokens } from '@/lib/services/rights/api-tokens';
import { readersOf, sessionHolder } from '@/lib/services/rights/credentials';
import { RightsCache } from '@/lib/services/rights/rights';
import { HalfTickets } from '@/lib/services/sign-in/half-tickets';
import { KnownBrowsers } from '@/lib/services/sign-in/known-browser';
import { renewTicket } from '@/lib/services/sign-in/renew-ticket';
import { createSeal, deriveKey } from '@/lib/services/sign-in/seal';
import { type Caller, type Door, signIn } from '@/lib/services/sign-in/sign-in';
import { Throttle } from '@/lib/services/sign-in/throttle';
import { TicketVault } from '@/lib/services/sign-in/ticket-vault';
import { errorText } from './sign-in';

const now = Date.now;
const caller: Caller = { address: '192.0.2.1', browser: undefined, signal: new AbortController().signal };
const TOKEN = 'admin@pve!full=0d5a3c1e-77b2-4f0a-9f0c-111111111101';

let simulator: Simulator;
let lab: PveCluster;

beforeAll(async () => {
  const options = readOptions(['--port', '0', '--clusters', 'lab', '--rate', '0', '--fast-401', '--scenario', 'empty']);
  if (options === 'help') throw new Error('no options');
  simulator = await startSimulator(options);
  const [cluster] = simulator.announcement.clusters;
  lab = openCluster({
    ...{ id: 'lab', name: 'Lab', urls: cluster?.urls ?? [] },
    trust: { kind: 'pinned', fingerprints: cluster?.fingerprints ?? [] },
  });
});

afterAll(async () => {
  await lab.close();
  await simulator.stop();
});

test('whatever fails, no password, code, ticket, CSRF token or API token is in an answer, a log line or a row', async () => {
  const seen: string[] = [];
  const log = makeLog({ write: (line) => void seen.push(line) });
  log.level = 'trace';
  const answered = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error === undefined) return;
    log.error({ err: error }, 'planted'); // as if it had been a bug
    seen.push(await errorResponse(error, 'r1', log).text(), errorText(error, undefined));
  };
  const nobody = lab.as({ kind: 'none' });
  const door: Door = {
    cluster: () => nobody,
    throttle: new Throttle(now),
    halfTickets: new HalfTickets(now),
    knownBrowsers: new KnownBrowsers(deriveKey('secret', 'known browsers'), now),
  };
  const rows: SealedSession[] = [];
  const vault = new TicketVault({
    store: {
      loadSessions: async () => rows,
      findSession: async (id) => rows.findLast((row) => row.id === id),
      onSession: () => () => {},
      saveSession: async (row) => rows.push(row) > 0,
      touchSession: async () => undefined,
      deleteSession: async () => {
        throw new Error('the disk is full');
      },
    },
    seal: createSeal(deriveKey('secret', 'sessions')),
    limits: { idleMs: 1_000, absoluteMs: 1_000 },
    renew: renewTicket(() => nobody),
    log,
    now,
  });

  const root = { cluster: 'lab', realm: 'pam', username: 'root', password: 'root-demo' };
  const entered = await signIn(door, root, caller);
  const ticket: Ticket = entered.kind === 'in' ? entered.ticket : { username: '', ticket: '', csrf: '' };
  expect(ticket.csrf).not.toBe('');
  const id = await vault.open('lab', ticket);
  await answered(vault.leave(id, 'lab'));
  await vault.load().catch(() => undefined);

  const totp = await signIn(door, { cluster: 'lab', realm: 'pve', username: 'totp', password: 'totp-demo' }, caller);
  const half = totp.kind === 'second_factor' ? totp : { id: '', kinds: [] };
  seen.push(JSON.stringify(half));
  await answered(
    signIn(door, { cluster: 'lab', tfa_id: half.id, tfa_kind: 'recovery', tfa_code: 'CANARY-CODE' }, caller),
  );
  await answered(signIn(door, { ...root, password: 'CANARY-PASSWORD' }, caller));
  await answered(signIn(door, { ...root, username: 'CANARY PASSWORD in the wrong field' }, caller));

  const dead = { ...ticket, ticket: ticket.ticket.replace(/::.*/, '::CANARY-TICKET'), csrf: 'CANARY-CSRF' };
  await answered(renewTicket(() => nobody)('lab', dead));
  const rights = new RightsCache(now);
  const asDead = lab.as({ kind: 'ticket', current: async () => dead, renew: async () => undefined });
  const { failure } = await rights.of(sessionHolder(asDead, 'root@pam'));
  expect(failure?.code).toBe('signed_out');
  await answered(Promise.reject(failure));

  const tokens = new ApiTokens(rights, door.throttle, now);
  for (const text of [TOKEN, 'admin@pve!full=CANARY-TOKEN']) {
    const pve = lab.as({ kind: 'token', token: text });
    const accepted = tokens.accept({ cluster: 'lab', text, address: '192.0.2.1', readers: () => readersOf(pve) });
    await answered(accepted.then((answer) => void seen.push(JSON.stringify(answer))));
  }

  for (const row of rows) seen.push(Buffer.from(row.sealed).toString('latin1'));
  expect(seen.join()).toContain('"planted"');
  for (const secret of ['CANARY', 'root-demo', 'totp-demo', ticket.ticket, ticket.csrf, '!tfa!', TOKEN.split('=')[1]]) {
    expect(seen.join()).not.toContain(secret);
  }
});

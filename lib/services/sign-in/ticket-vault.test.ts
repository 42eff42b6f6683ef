import { expect, test } from 'vitest';
import type { SealedSession, SessionStore } from '@/lib/archive/archive';
import { AppError } from '@/lib/domain/errors';
import type { Ticket } from '@/lib/proxmox/transport';
import type { RenewTicket } from './held-ticket';
import { createSeal, deriveKey } from './seal';
import { TicketVault } from './ticket-vault';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ticketOf = (username: string, n = 0): Ticket => ({
  username,
  ticket: `PVE:${username}:CANARY${n}`,
  csrf: `CSRF${n}`,
});

function memoryStore() {
  const rows = new Map<string, SealedSession>();
  const disk = { full: false };
  const write = () => {
    if (disk.full) throw new AppError('unavailable', 'The archive cannot be used: the disk is full.');
  };
  const listeners = new Set<(id: string | null) => void>();
  const tell = (id: string | null) => {
    for (const listener of listeners) listener(id);
  };
  const store: SessionStore = {
    loadSessions: async () => [...rows.values()],
    findSession: async (id) => rows.get(id),
    saveSession: async (row, how) => {
      write();
      if (how === 'known' && !rows.has(row.id)) return false;
      rows.set(row.id, row);
      tell(row.id);
      return true;
    },
    touchSession: async (id, seenAt) => {
      write();
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, seenAt });
    },
    deleteSession: async (id) => {
      write();
      if (rows.delete(id)) tell(id);
    },
    onSession: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { rows, store, disk };
}

/** A vault with a clock of its own; `renew` counts and gives a next ticket unless the test says otherwise. */
function aVault({
  renew,
  secret = 'a secret of thirty-two characters',
}: {
  renew?: RenewTicket;
  secret?: string;
} = {}) {
  const { rows, store, disk } = memoryStore();
  const world = { now: 1_700_000_000_000, renewals: 0, logged: '' };
  const log = (facts: object, message: string) => {
    world.logged += JSON.stringify(facts) + message;
  };
  const open = (key = secret) =>
    new TicketVault({
      store,
      seal: createSeal(deriveKey(key, 'sessions')),
      limits: { idleMs: 12 * HOUR, absoluteMs: 7 * 24 * HOUR },
      renew: async (cluster, ticket) => {
        world.renewals += 1;
        return renew ? renew(cluster, ticket) : ticketOf(ticket.username, world.renewals);
      },
      log: { info: log, warn: log },
      now: () => world.now,
    });
  return { vault: open(), reopen: open, rows, world, disk };
}

async function current(vault: TicketVault, id: string, cluster = 'lab'): Promise<Ticket | undefined> {
  const credentials = vault.credentials(id, cluster);
  return credentials?.kind === 'ticket' ? credentials.current() : undefined;
}

test('a session outlives a restart with the tickets of all its clusters', async () => {
  const { vault, reopen } = aVault();
  const id = await vault.open('lab', ticketOf('root@pam'));
  await vault.add(id, 'fra', ticketOf('anna@pve'));
  const after = reopen();
  await after.load();
  expect(after.find(id, { touch: false })?.users).toEqual(
    new Map([
      ['lab', 'root@pam'],
      ['fra', 'anna@pve'],
    ]),
  );
  expect(await current(after, id, 'fra')).toEqual(ticketOf('anna@pve'));
});

test('another AUTH_SECRET opens no session and leaves no row behind', async () => {
  const { vault, reopen, rows } = aVault();
  const id = await vault.open('lab', ticketOf('root@pam'));
  const after = reopen('another secret of 32 characters!!');
  await after.load();
  expect(after.find(id, { touch: false })).toBeUndefined();
  expect(rows.size).toBe(0);
});

test('a row put under another session id opens nothing', async () => {
  const { vault, reopen, rows } = aVault();
  const id = await vault.open('lab', ticketOf('root@pam'));
  rows.set('stolen', { ...(rows.get(id) as SealedSession), id: 'stolen' });
  const after = reopen();
  await after.load();
  expect(after.find('stolen', { touch: false })).toBeUndefined();
});

test('no row and no log line holds a ticket in the clear', async () => {
  const { vault, rows, world } = aVault();
  await vault.open('lab', ticketOf('root@pam'));
  await vault.load();
  const kept = [...rows.values()].map((row) => Buffer.from(row.sealed).toString('latin1') + row.id).join();
  expect(kept + world.logged).not.toMatch(/CANARY|CSRF|root@pam/);
});

test('after an hour one renewal serves everybody who asks at once, and is kept', async () => {
  const { vault, reopen, world } = aVault();
  const id = await vault.open('lab', ticketOf('root@pam'));
  world.now += 59 * MINUTE;
  expect((await current(vault, id))?.ticket).toContain('CANARY0');
  world.now += 2 * MINUTE;
  const tickets = await Promise.all(Array.from({ length: 20 }, () => current(vault, id)));
  expect(world.renewals).toBe(1);
  expect(new Set(tickets.map((ticket) => ticket?.ticket))).toEqual(new Set(['PVE:root@pam:CANARY1']));
  const after = reopen();
  await after.load();
  expect((await current(after, id))?.ticket).toContain('CANARY1');
});

test('tickets are renewed while nobody looks, until the idle limit ends the session', async () => {
  const { vault, world, rows } = aVault();
  const id = await vault.open('lab', ticketOf('root@pam'));
  for (let minute = 0; minute < 11 * 60; minute += 10) {
    world.now += 10 * MINUTE;
    await vault.tend();
  }
  expect(world.renewals).toBe(11);
  expect(vault.find(id, { touch: false })).toBeDefined();
  world.now += HOUR;
  await vault.tend();
  expect(vault.find(id, { touch: false })).toBeUndefined();
  expect(rows.size).toBe(0);
});

test('use keeps a session open, but not past the absolute limit; a stream is no use', async () => {
  const { vault, world } = aVault();
  const used = await vault.open('lab', ticketOf('root@pam'));
  const watched = await vault.open('lab', ticketOf('anna@pve'));
  const ended = vault.find(used, { touch: true })?.ended;
  let hours = 0;
  for (; vault.find(used, { touch: true }); hours += 1) {
    if (hours === 12) expect(vault.find(watched, { touch: false })).toBeUndefined();
    world.now += HOUR;
    await vault.tend();
  }
  expect(hours).toBe(7 * 24);
  expect(ended?.aborted).toBe(true);
});

test('a refused renewal signs out of that cluster only, and of the last one for good', async () => {
  const dead: RenewTicket = async (cluster, ticket) => {
    if (cluster === 'lab') throw new AppError('refused', 'no');
    return ticketOf(ticket.username, 1);
  };
  const { vault, world, rows } = aVault({ renew: dead });
  const both = await vault.open('lab', ticketOf('root@pam'));
  await vault.add(both, 'fra', ticketOf('anna@pve'));
  const only = await vault.open('lab', ticketOf('root@pam'));
  world.now += HOUR;
  await vault.tend();
  expect([...(vault.find(both, { touch: false })?.users.keys() ?? [])]).toEqual(['fra']);
  expect(vault.find(only, { touch: false })).toBeUndefined();
  expect([...rows.keys()]).toEqual([both]);
});

test('while the cluster is away the old ticket serves, is tried again at leisure, and dies with its two hours', async () => {
  const away: RenewTicket = async () => {
    throw new AppError('cluster_unreachable', 'away');
  };
  const { vault, world } = aVault({ renew: away });
  const id = await vault.open('lab', ticketOf('root@pam'));
  world.now += 61 * MINUTE;
  for (let n = 0; n < 10; n += 1) expect((await current(vault, id))?.ticket).toContain('CANARY0');
  expect(world.renewals).toBe(1);
  world.now += 59 * MINUTE;
  expect(await current(vault, id)).toBeUndefined();
  expect(vault.find(id, { touch: false })).toBeUndefined();
});

test('after a 401 the ticket is renewed once, and whoever comes later gets the new one', async () => {
  const { vault, world } = aVault();
  const id = await vault.open('lab', ticketOf('root@pam'));
  const credentials = vault.credentials(id, 'lab');
  if (credentials?.kind !== 'ticket') throw new Error('no ticket');
  const refused = ticketOf('root@pam');
  const renewed = await Promise.all([credentials.renew(refused), credentials.renew(refused)]);
  expect(renewed.map((ticket) => ticket?.csrf)).toEqual(['CSRF1', 'CSRF1']);
  expect((await credentials.renew(refused))?.csrf).toBe('CSRF1');
  expect(world.renewals).toBe(1);
});

test('sign-out destroys the tickets, the row and the streams, also against a renewal on its way', async () => {
  let answer = (_ticket: Ticket) => {};
  const slow: RenewTicket = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const { vault, world, rows } = aVault({ renew: slow });
  const id = await vault.open('lab', ticketOf('root@pam'));
  const session = vault.find(id, { touch: true });
  world.now += HOUR;
  const asked = current(vault, id);
  await vault.end(id);
  answer(ticketOf('root@pam', 1));
  await asked;
  expect(session?.ended.aborted).toBe(true);
  expect(vault.credentials(id, 'lab')).toBeUndefined();
  expect(rows.size).toBe(0);
});

test('a full disk keeps nobody out: sessions open and load, and who signs out is told that it may not last', async () => {
  const { vault, reopen, disk, world } = aVault();
  const old = await vault.open('lab', ticketOf('root@pam'));
  disk.full = true;
  const id = await vault.open('lab', ticketOf('anna@pve'));
  await vault.add(id, 'fra', ticketOf('anna@pve'));
  expect(vault.find(id, { touch: true })?.users.size).toBe(2);
  expect(world.logged).toContain('session not kept');
  await expect(vault.end(id)).rejects.toMatchObject({ code: 'unavailable' });
  expect(vault.find(id, { touch: false })).toBeUndefined();
  world.now += 13 * HOUR;
  const after = reopen();
  await after.load();
  expect(after.find(old, { touch: false })).toBeUndefined();
});

test('what was ended on a full disk is not recalled, and what was opened then is kept once there is room', async () => {
  const { vault, disk, rows, world } = aVault();
  const old = await vault.open('lab', ticketOf('root@pam'));
  disk.full = true;
  const id = await vault.open('lab', ticketOf('anna@pve'));
  await expect(vault.end(old)).rejects.toMatchObject({ code: 'unavailable' });
  await vault.recall(old);
  expect(vault.find(old, { touch: false })).toBeUndefined();
  disk.full = false;
  world.now += HOUR;
  await vault.tend();
  expect(vault.find(id, { touch: false })).toBeDefined();
  await expect.poll(() => [...rows.keys()]).toEqual([id]);
});

/** Two vaults of instances that share a database. */
async function twoVaults() {
  const { vault, reopen, world, rows } = aVault();
  const other = reopen();
  await Promise.all([vault.load(), other.load()]);
  return { vault, other, world, rows };
}

test('a session opened on one instance is found by another, and its end there ends it here', async () => {
  const { vault, other } = await twoVaults();
  const id = await vault.open('lab', ticketOf('root@pam'));
  expect(other.find(id, { touch: true })).toBeUndefined();
  await other.recall(id);
  const session = other.find(id, { touch: true });
  expect(session?.users).toEqual(new Map([['lab', 'root@pam']]));
  await vault.end(id);
  await expect.poll(() => session?.ended.aborted).toBe(true);
  await other.recall(id);
  expect(other.find(id, { touch: true })).toBeUndefined();
});

test('a cluster added, a cluster left and a ticket renewed on one instance are so on the other', async () => {
  const { vault, other, world } = await twoVaults();
  const id = await vault.open('lab', ticketOf('root@pam'));
  await other.recall(id);
  await vault.add(id, 'fra', ticketOf('anna@pve'));
  await expect.poll(() => [...(other.find(id, { touch: false })?.users.keys() ?? [])]).toEqual(['lab', 'fra']);
  world.now += 61 * MINUTE;
  const renewed = await current(vault, id);
  await expect.poll(() => current(other, id)).toEqual(renewed);
  expect(world.renewals).toBe(1);
  await other.leave(id, 'lab');
  await expect.poll(() => [...(vault.find(id, { touch: false })?.users.keys() ?? [])]).toEqual(['fra']);
});

test('use on one instance keeps a session open on the other', async () => {
  const { vault, other, world } = await twoVaults();
  const id = await vault.open('lab', ticketOf('root@pam'));
  await other.recall(id);
  for (let hours = 0; hours < 24; hours += 1) {
    world.now += HOUR;
    vault.find(id, { touch: true });
    await Promise.all([vault.tend(), other.tend()]);
  }
  await other.recall(id);
  expect(other.find(id, { touch: true })).toBeDefined();
});

test('what ends on one instance is not brought back by a renewal on its way on the other', async () => {
  const answer = Promise.withResolvers<Ticket>();
  const { vault, reopen, world, rows } = aVault({ renew: () => answer.promise });
  const other = reopen();
  await Promise.all([vault.load(), other.load()]);
  const id = await vault.open('lab', ticketOf('root@pam'));
  await other.recall(id);
  world.now += HOUR;
  const asked = current(other, id);
  await vault.end(id);
  answer.resolve(ticketOf('root@pam', 1));
  await asked;
  await expect.poll(() => other.find(id, { touch: false })).toBeUndefined();
  expect(rows.size).toBe(0);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/domain/errors';
import { type Holder, RightsCache } from './rights';

const MINUTE = 60_000;

function aHolder(now: () => number) {
  const world = { asked: 0, fail: null as ErrorCode | null, hang: false, guests: new Set([100]) };
  const holder: Holder = {
    cluster: 'lab',
    key: 'user anna@pve',
    keepMs: 120 * MINUTE,
    async readPermissions() {
      world.asked += 1;
      if (world.hang) await new Promise(() => {});
      if (world.fail) throw new AppError(world.fail, 'Lab cannot be reached.');
      return { '/': { 'Sys.Audit': world.asked } };
    },
    readGuests: async () => world.guests,
  };
  return { world, holder, rights: new RightsCache(now) };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => void vi.useRealTimers());

test('however many ask, the cluster is asked once a minute', async () => {
  const { rights, holder, world } = aHolder(Date.now);
  await Promise.all(Array.from({ length: 50 }, () => rights.of(holder)));
  vi.advanceTimersByTime(59_000);
  expect((await rights.of(holder)).standing?.guests).toEqual(new Set([100]));
  expect(world.asked).toBe(1);
  vi.advanceTimersByTime(1_000);
  await rights.of(holder);
  expect(world.asked).toBe(2);
});

test('two viewers share nothing', async () => {
  const { rights, holder, world } = aHolder(Date.now);
  await rights.of(holder);
  const other = await rights.of({ ...holder, key: 'user otto@pve', readPermissions: async () => ({}) });
  expect(other.standing?.permissions).toEqual({});
  const elsewhere = await rights.of({ ...holder, cluster: 'fra' });
  expect(elsewhere.standing?.permissions).toEqual({ '/': { 'Sys.Audit': 2 } });
  expect(world.asked).toBe(2);
});

test('a doubt, as a 403 casts it, asks anew at once', async () => {
  const { rights, holder, world } = aHolder(Date.now);
  await rights.of(holder);
  rights.doubt('lab', holder.key);
  await rights.of(holder);
  await rights.of(holder);
  expect(world.asked).toBe(2);
});

test('while the cluster is away what was known last stands in for two hours with its reason, then nothing does', async () => {
  const { rights, holder, world } = aHolder(Date.now);
  await rights.of(holder);
  world.fail = 'cluster_unreachable';
  vi.advanceTimersByTime(119 * MINUTE);
  const old = await rights.of(holder);
  expect(old.standing?.permissions).toEqual({ '/': { 'Sys.Audit': 1 } });
  expect(old.failure?.code).toBe('cluster_unreachable');
  vi.advanceTimersByTime(MINUTE);
  expect((await rights.of(holder)).standing).toBeNull();
});

test('a cluster that is away is left alone for five seconds, and asked again after', async () => {
  const { rights, holder, world } = aHolder(Date.now);
  world.fail = 'cluster_unreachable';
  for (let n = 0; n < 20; n += 1) expect((await rights.of(holder)).standing).toBeNull();
  expect(world.asked).toBe(1);
  world.fail = null;
  vi.advanceTimersByTime(5_000);
  expect((await rights.of(holder)).standing).not.toBeNull();
});

test.each<ErrorCode>(['signed_out', 'forbidden', 'refused'])('%s is a no: nothing stands in', async (code) => {
  const { rights, holder, world } = aHolder(Date.now);
  await rights.of(holder);
  world.fail = code;
  vi.advanceTimersByTime(MINUTE);
  const { standing, failure } = await rights.of(holder);
  expect(standing).toBeNull();
  expect(failure?.code).toBe(code);
});

test('a slow cluster holds up nobody whose rights are known for more than two seconds', async () => {
  const { rights, holder, world } = aHolder(Date.now);
  await rights.of(holder);
  world.hang = true;
  vi.advanceTimersByTime(MINUTE);
  const answer = rights.of(holder);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await answer).standing?.permissions).toEqual({ '/': { 'Sys.Audit': 1 } });
});

test('a dead ticket of another session does not speak for this one', async () => {
  const { rights, holder } = aHolder(Date.now);
  let fail = (_error: Error) => {};
  const dead: Holder = {
    ...holder,
    readPermissions: () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
  };
  const theirs = rights.of(dead);
  const ours = rights.of(holder);
  fail(new AppError('signed_out', 'The session has ended.'));
  expect((await ours).standing).not.toBeNull();
  await theirs;
});

test('guests that cannot be read show no names, but the tasks stay', async () => {
  const { rights, holder } = aHolder(Date.now);
  const { standing } = await rights.of({
    ...holder,
    readGuests: async () => {
      throw new AppError('rejected', 'no');
    },
  });
  expect(standing?.permissions).toEqual({ '/': { 'Sys.Audit': 1 } });
  expect(standing?.guests.size).toBe(0);
});

import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { LeaseStore } from '@/lib/archive/archive';
import { ownLeases } from '@/lib/archive/own-leases';
import { aClock } from './a-clock.test-support';
import type { Wait } from './alarm';
import { underLease } from './lease';

const log = pino({ level: 'silent' });

/** Instances that share leases, and how many of them work at any time. */
function aWorld() {
  const clock = aClock();
  const leases = ownLeases(clock.now);
  const world = { working: [] as string[], most: 0, notes: [] as string[] };
  const begin = (holder: string, store: LeaseStore = leases, wait: Wait = clock.wait) => {
    const stopping = new AbortController();
    const work = {
      name: 'cluster lab',
      async run(signal: AbortSignal) {
        world.working.push(holder);
        world.most = Math.max(world.most, world.working.length);
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        world.working = world.working.filter((other) => other !== holder);
      },
      note: () => `of ${holder}`,
      onNote: (note: string) => world.notes.push(`${holder} hears ${note}`),
    };
    const ended = underLease(work, { store, holder, log, now: clock.now, wait }, stopping.signal);
    return { stop: () => stopping.abort(), ended };
  };
  return { clock, leases, world, begin };
}

test('one works, the others hear what it tells; when it stops another one begins within 3 s', async () => {
  const { clock, world, begin } = aWorld();
  const first = begin('a');
  await clock.pass(100);
  begin('b');
  await clock.pass(60_000);
  expect(world).toMatchObject({ working: ['a'], most: 1 });
  expect(new Set(world.notes)).toEqual(new Set(['b hears of a']));
  first.stop();
  await first.ended;
  await clock.pass(3_000);
  expect(world).toMatchObject({ working: ['b'], most: 1 });
});

test('when the one that works dies another one begins within 15 s', async () => {
  const { clock, world, begin } = aWorld();
  let dead = false;
  begin('a', undefined, (ms, signal) => (dead ? new Promise(() => {}) : clock.wait(ms, signal)));
  await clock.pass(100);
  begin('b');
  for (let round = 0; round < 7; round += 1) await clock.pass(1_300); // dies at some moment between two renewals
  dead = true;
  await clock.pass(15_000);
  expect(world.working).toEqual(['a', 'b']); // the dead one cannot say that it ended
});

test('whoever cannot renew stops before another one begins, whether the database refuses or never answers', async () => {
  const never = new Promise<never>(() => {});
  for (const failure of [() => Promise.reject(new Error('away')), () => never]) {
    const { clock, leases, world, begin } = aWorld();
    let away = false;
    const store: LeaseStore = {
      acquireLease: (lease) => (away ? failure() : leases.acquireLease(lease)),
      releaseLease: (name, holder) => (away ? Promise.reject(new Error('away')) : leases.releaseLease(name, holder)),
    };
    const first = begin('a', store);
    await clock.pass(100);
    begin('b');
    await clock.pass(20_000);
    away = true;
    await clock.pass(15_000);
    expect(world).toMatchObject({ working: ['b'], most: 1 });
    first.stop();
  }
});

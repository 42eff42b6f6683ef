import { expect, test } from 'vitest';
import { Clock } from '../world/clock.ts';
import { randomFrom } from '../world/random.ts';
import { versionOf } from '../world/version.ts';
import { makeCluster, PLANS } from './clusters.ts';
import { seedDay } from './day.ts';

const NOW_MS = 1_795_176_000_000;

/** What the nodes of the lab list after a day, newest end first. */
function aDay(seed: number): string[] {
  const [plan] = PLANS;
  if (!plan) throw new Error('no plan');
  const cluster = makeCluster(plan, versionOf('9'), new Clock(), randomFrom(seed), NOW_MS);
  seedDay(cluster, randomFrom(seed), { tasksPerNode: 60, backupHours: [2], longLog: 100 }, NOW_MS);
  return cluster.nodes.flatMap(({ name, tasks }) =>
    [...tasks.archived()].map(
      ({ task, status }) => `${name} ${task.endtime} ${task.type} ${task.id} ${task.user} ${status}`,
    ),
  );
}

test('the same seed gives the same day, another one another', () => {
  expect(aDay(11)).toEqual(aDay(11));
  expect(aDay(11)).not.toEqual(aDay(12));
});

test('a day lies behind now, ends in the order of its list, and has the nightly jobs in it', () => {
  const ends = aDay(5).map((line) => line.split(' '));
  const times = ends.filter(([node]) => node === 'pve1').map(([, end]) => Number(end));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(times[0]).toBeLessThan(NOW_MS / 1000);
  expect(times.at(-1)).toBeGreaterThan(NOW_MS / 1000 - 86_400);
  expect(ends.some(([, , type, id, user]) => type === 'vzdump' && id === '' && user === 'root@pam')).toBe(true);
});

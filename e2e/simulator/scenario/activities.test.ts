import { expect, test } from 'vitest';
import { RecalledLog, rehearse } from '../tasks/log-file.ts';
import { statusFromLog } from '../tasks/status.ts';
import { Clock } from '../world/clock.ts';
import { randomFrom } from '../world/random.ts';
import { versionOf } from '../world/version.ts';
import { type Scene, someActivity } from './activities.ts';
import { makeCluster, PLANS } from './clusters.ts';
import { backupJob, oddities } from './jobs.ts';

function aScene(seed: number): Scene {
  const [plan] = PLANS;
  const random = randomFrom(seed);
  if (!plan) throw new Error('no plan');
  const cluster = makeCluster(plan, versionOf('9'), new Clock(), random, Date.now());
  const [node] = cluster.nodes;
  if (!node) throw new Error('no node');
  return { cluster, node, random, now: 1_795_176_000 };
}

test('what a log says at its end is what the lists say, and reading it twice gives the same bytes', () => {
  const scene = aScene(3);
  const job = backupJob(scene, 'pbs', 0.3);
  const orders = [...Array.from({ length: 400 }, () => someActivity(scene)), ...oddities(500), ...(job ? [job] : [])];
  for (const [seed, { script, type }] of orders.entries()) {
    const recipe = { script, seed, startedAtMs: 1_795_176_000_000 };
    const { status, tookMs } = rehearse(recipe);
    const bytes = new RecalledLog(recipe, 0).bytes();
    const again = new RecalledLog({ ...recipe }, 0).bytes();
    expect(again.equals(bytes)).toBe(true);
    expect(tookMs).toBeGreaterThanOrEqual(0);
    expect(`${type}: ${statusFromLog(bytes)}`).toBe(`${type}: ${status}`);
  }
});

test('a day of activities has every sort of end', () => {
  const scene = aScene(4);
  const ends = new Set<string>();
  for (let seed = 0; seed < 600; seed += 1) {
    const { status } = rehearse({ script: someActivity(scene).script, seed, startedAtMs: 0 });
    ends.add(/^(OK|WARNINGS|unexpected status)/.exec(status)?.[0] ?? 'error');
  }
  expect([...ends].sort()).toEqual(['OK', 'WARNINGS', 'error', 'unexpected status']);
});

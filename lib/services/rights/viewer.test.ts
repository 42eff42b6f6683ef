import { expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { auditsNode, maySeeTask } from '@/lib/domain/visibility';
import { lookAround, type Seat } from './viewer';

const seat = (id: string, identity?: string): Seat => ({
  id,
  name: id.toUpperCase(),
  identity,
  aclPaths: new Set(['/']),
});
const standing = { permissions: { '/': { 'Sys.Audit': 1 } }, guests: new Set<number>(), at: 1_700_000_000_000 };

test('each cluster shows what this viewer has there, under the name they have there', async () => {
  const { viewer, failures } = await lookAround([seat('lab', 'root@pam'), seat('fra', 'anna@pve')], async ({ id }) => ({
    standing: id === 'lab' ? standing : { ...standing, permissions: {} },
    failure: null,
  }));
  const [lab, fra] = [viewer.clusters.get('lab'), viewer.clusters.get('fra')];
  expect(lab && auditsNode(lab, 'pve1')).toBe(true);
  expect(fra && maySeeTask(fra, 'pve1', 'root@pam')).toBe(false);
  expect(fra && maySeeTask(fra, 'pve1', 'anna@pve!ci')).toBe(true);
  expect(failures).toEqual([]);
});

test('a cluster one is not signed in to gives nothing, is not asked, and is a row in failures', async () => {
  const asked: string[] = [];
  const { viewer, failures } = await lookAround([seat('lab', 'root@pam'), seat('fra')], async ({ id }) => {
    asked.push(id);
    return { standing, failure: null };
  });
  expect([...viewer.clusters.keys()]).toEqual(['lab']);
  expect(asked).toEqual(['lab']);
  expect(failures).toEqual([
    { cluster: 'fra', code: 'not_signed_in', message: expect.stringContaining('FRA'), since: null },
  ]);
});

test('unknown rights are none; old ones say since when', async () => {
  const away = new AppError('cluster_unreachable', 'It cannot be reached.');
  const { viewer, failures } = await lookAround([seat('lab', 'root@pam'), seat('fra', 'root@pam')], async ({ id }) => ({
    standing: id === 'lab' ? standing : null,
    failure: away,
  }));
  expect([...viewer.clusters.keys()]).toEqual(['lab']);
  expect(failures.map(({ cluster, since }) => [cluster, since])).toEqual([
    ['lab', '2023-11-14T22:13:20Z'],
    ['fra', null],
  ]);
});

test('a ticket that turns out to be dead is a cluster one is not signed in to', async () => {
  const dead = new AppError('signed_out', 'The session in LAB has ended. Sign in again.');
  const { failures } = await lookAround([seat('lab', 'root@pam')], async () => ({ standing: null, failure: dead }));
  expect(failures).toEqual([{ cluster: 'lab', code: 'not_signed_in', message: dead.message, since: null }]);
});

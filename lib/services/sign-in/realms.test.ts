import { expect, test } from 'vitest';
import { fakeTransport } from '@/e2e/support/fake-transport';
import { AppError } from '@/lib/domain/errors';
import { Realms } from './realms';

function aCluster() {
  const world = { now: 0, asked: 0, away: false };
  const pve = fakeTransport('lab', () => {
    world.asked += 1;
    if (world.away) throw new AppError('cluster_unreachable', 'away');
    return [
      { realm: 'sso', type: 'openid', comment: 'Company' },
      { realm: 'pve', type: 'pve' },
      { realm: 'pam', type: 'pam', comment: 'Linux', default: '1' },
    ];
  });
  return { world, realms: new Realms([{ id: 'lab', name: 'Lab', pve }], () => world.now) };
}

test('realms come from the cluster, the default first, OpenID with why it cannot be used', async () => {
  const { realms } = aCluster();
  const [lab] = await realms.list();
  expect(lab).toMatchObject({ id: 'lab', name: 'Lab', away: false });
  expect(lab?.realms.map(({ realm, unusable }) => [realm, unusable])).toEqual([
    ['pam', null],
    ['pve', null],
    ['sso', 'Signing in by OpenID works only at the address of Proxmox itself.'],
  ]);
});

test('many sign-in pages ask once a minute', async () => {
  const { realms, world } = aCluster();
  await Promise.all(Array.from({ length: 50 }, () => realms.list()));
  await realms.list();
  expect(world.asked).toBe(1);
  world.now += 60_000;
  await realms.list();
  expect(world.asked).toBe(2);
});

test('a cluster that is away offers the realms known last, and says so', async () => {
  const { realms, world } = aCluster();
  await realms.list();
  world.away = true;
  world.now += 60_000;
  const [lab] = await realms.list();
  expect(lab?.away).toBe(true);
  expect(lab?.realms).toHaveLength(3);
  world.away = false;
  expect((await realms.list())[0]?.away).toBe(false);
});

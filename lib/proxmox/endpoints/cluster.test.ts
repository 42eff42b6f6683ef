import { expect, test } from 'vitest';
import { aNode } from '@/lib/proxmox/cluster.test-support';
import { json, replay } from '@/lib/proxmox/replay.test-support';
import { listGuests, listNodes, readVersion } from './cluster';

test('the version of the entry node', async () => {
  const { asToken } = await aNode(() => replay('version'));
  expect(await readVersion(asToken)).toBe('9.2.11');
});

test.each(['nodes-root-pam', 'nodes-norights-pve'])('%s: every node, for everybody (9.2)', async (name) => {
  const { asToken } = await aNode(() => replay(name));
  expect((await listNodes(asToken)).toSorted((a, b) => (a.node < b.node ? -1 : 1))).toEqual([
    { node: 'pve1', online: true },
    { node: 'pve2', online: true },
  ]);
});

test('a node that is away is not online', async () => {
  const { asToken } = await aNode(() => replay('fail-node-offline-nodes'));
  expect(await listNodes(asToken)).toContainEqual({ node: 'pve2', online: false });
});

test('guests by VMID; other rows are left out (9.1)', async () => {
  const { asToken } = await aNode(() => replay('resources-operator-pve'));
  const guests = await listGuests(asToken);
  expect([...guests.keys()]).toEqual([100, 101, 200]);
  expect(guests.get(100)).toEqual({ vmid: 100, type: 'qemu', name: 'web', tags: [], pool: null, node: 'pve1' });
});

test('tags are one text with separators, a VMID may be text, a name may be missing (9.3)', async () => {
  const row = { type: 'lxc', id: 'lxc/102', vmid: '102', node: 'pve1', tags: 'prod;web,eu', pool: 'team' };
  const { asToken } = await aNode(() => json({ data: [row] }));
  expect((await listGuests(asToken)).get(102)).toEqual({
    vmid: 102,
    type: 'lxc',
    name: null,
    tags: ['prod', 'web', 'eu'],
    pool: 'team',
    node: 'pve1',
  });
});

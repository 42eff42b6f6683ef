import { expect, test } from 'vitest';
import { type Grant, makeAccounts } from '../scenario/accounts.ts';
import { Clock } from '../world/clock.ts';
import type { Cluster, Pool } from '../world/model.ts';
import { versionOf } from '../world/version.ts';
import { listedPaths, privilegesOn } from './permissions.ts';

const TOKENS = [
  { name: 'full', secret: 'a' },
  { name: 'sep', secret: 'b', privsep: true },
];

function aCluster(grants: Grant[], pool: Partial<Pool> = {}): Cluster {
  const version = versionOf('9');
  const people = [
    { userid: 'root@pam', password: '', can: '', tokens: TOKENS },
    { userid: 'anna@pve', password: '', can: '', groups: ['team'], tokens: TOKENS },
  ];
  return {
    id: 'c',
    name: 'c',
    version,
    clock: new Clock(),
    nodes: [],
    guests: new Map(),
    pools: new Map([['web', { id: 'web', guests: new Set([100]), storages: new Set(), ...pool }]]),
    storages: [],
    accounts: makeAccounts(version, people, grants, ''),
  };
}

const held = (cluster: Cluster, who: string, path: string): Record<string, 0 | 1> =>
  Object.fromEntries(privilegesOn(cluster, who, path));

test('an entry deeper down replaces what was inherited', () => {
  const cluster = aCluster([
    ['user', 'anna@pve', '/', 'Administrator'],
    ['user', 'anna@pve', '/nodes/pve1', 'NodeAudit'],
  ]);
  expect(held(cluster, 'anna@pve', '/nodes/pve1')).toEqual({ 'Sys.Audit': 1 });
  expect(held(cluster, 'anna@pve', '/nodes/pve2')).toHaveProperty(['Sys.Modify']);
});

test('an own entry beats those of groups at the same level', () => {
  const cluster = aCluster([
    ['group', 'team', '/vms', 'PVEVMAdmin'],
    ['user', 'anna@pve', '/vms', 'GuestNames'],
  ]);
  expect(held(cluster, 'anna@pve', '/vms/100')).toEqual({ 'VM.Audit': 1 });
});

test('NoAccess takes everything away, also next to another role', () => {
  const cluster = aCluster([
    ['user', 'anna@pve', '/', 'Administrator'],
    ['user', 'anna@pve', '/nodes/pve1', 'NoAccess'],
    ['user', 'anna@pve', '/nodes/pve1', 'NodeAudit'],
  ]);
  expect(held(cluster, 'anna@pve', '/nodes/pve1')).toEqual({});
});

test('an entry that does not propagate counts at its own path, with flag 0', () => {
  const cluster = aCluster([['user', 'anna@pve', '/nodes', 'NodeAudit', false]]);
  expect(held(cluster, 'anna@pve', '/nodes')).toEqual({ 'Sys.Audit': 0 });
  expect(held(cluster, 'anna@pve', '/nodes/pve1')).toEqual({});
});

test('a pool lends its role to its guests, not to nodes', () => {
  const cluster = aCluster([['user', 'anna@pve', '/pool/web', 'GuestNames']]);
  expect(held(cluster, 'anna@pve', '/vms/100')).toEqual({ 'VM.Audit': 0 });
  expect(held(cluster, 'anna@pve', '/vms/101')).toEqual({});
  expect(listedPaths(cluster)).toContain('/vms/100');
});

test('a token without separation has its owner’s rights, a separated one those that both have', () => {
  const cluster = aCluster([
    ['user', 'anna@pve', '/nodes', 'NodeAudit'],
    ['token', 'anna@pve!sep', '/', 'PVEAuditor'],
    ['token', 'root@pam!sep', '/nodes/pve1', 'NodeAudit'],
  ]);
  expect(held(cluster, 'anna@pve!full', '/nodes/pve1')).toEqual({ 'Sys.Audit': 1 });
  expect(held(cluster, 'anna@pve!sep', '/nodes/pve1')).toEqual({ 'Sys.Audit': 1 });
  expect(held(cluster, 'anna@pve!sep', '/')).toEqual({});
  expect(held(cluster, 'root@pam!sep', '/nodes/pve1')).toEqual({ 'Sys.Audit': 1 });
  expect(held(cluster, 'anna@pve!unknown', '/nodes/pve1')).toEqual({});
});

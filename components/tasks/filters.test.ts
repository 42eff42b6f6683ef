import { expect, test } from 'vitest';
import { clusterOf, excluded, filtered, inCluster, withoutEach } from './filters';

test('a filter joins what is there and replaces the same field', () => {
  expect(filtered('node = pve1', 'label', 'vzdump')).toBe('node = pve1 and label = vzdump');
  expect(filtered('label = qmstart and node = pve1', 'label', 'vzdump')).toBe('label = vzdump and node = pve1');
});

test('a search that cannot be read gives way', () => {
  expect(filtered('state =', 'label', 'vzdump')).toBe('label = vzdump');
  expect(withoutEach('state =')).toEqual([]);
});

test('the cluster of a search, and the search in another one', () => {
  expect(clusterOf('cluster = lab and vzdump')).toBe('lab');
  expect(clusterOf('cluster ^ (lab, fra)')).toBeNull();
  expect(inCluster('cluster = lab and result = error', 'fra')).toBe('cluster = fra and result = error');
  expect(inCluster('cluster = lab and result = error', null)).toBe('result = error');
});

test('each part is left out in turn', () => {
  expect(withoutEach('label = qmigrat and node = pve1')).toEqual([
    { left: 'label = qmigrat', search: 'node = pve1' },
    { left: 'node = pve1', search: 'label = qmigrat' },
  ]);
});

test.each([
  ['', 'label', 'vzdump', 'label != vzdump'],
  ['label != qmstart', 'label', 'vzdump', 'label !^ (qmstart, vzdump)'],
  ['label ^ (qmstart, vzdump)', 'label', 'vzdump', 'label = qmstart'],
  ['label = vzdump and node = pve1', 'label', 'vzdump', 'node = pve1 and label != vzdump'],
  ['a or b', 'node', 'pve1', 'node != pve1 and (a or b)'],
  ['', 'vmid', '100', 'not vmid = 100'],
  ['result = error', 'exitstatus', 'disk full', 'result = error and not exitstatus = "disk full"'],
  ['a or b', 'vmid', '100', '(a or b) and not vmid = 100'],
  ['state =', 'label', 'vzdump', 'label != vzdump'],
] as const)('%s without %s = %s', (search, field, value, left) => {
  expect(excluded(search, field, value)).toBe(left);
});

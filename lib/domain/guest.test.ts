import { expect, test } from 'vitest';
import { splitTags, vmidOf } from './guest';

test.each([
  ['qmstart', '100', 100],
  ['vzdump', '999999999', 999999999],
  ['vzdump', '', null],
  ['qmstart', '099', null],
  ['qmstart', '99', null],
  ['qmstart', '1000000000', null],
  ['imgdel', '100@store', null],
  ['srvrestart', '100', null],
  ['cephdestroyosd', '100', null],
  ['zfscreate', '100', null],
  ['dircreate', '100', null],
])('the guest of %s with id "%s" is %s', (type, id, vmid) => {
  expect(vmidOf(type, id)).toBe(vmid);
});

test('tags are separated by semicolons, commas and blanks, each kept once', () => {
  expect(splitTags('prod;web, infra prod')).toEqual(['prod', 'web', 'infra']);
  expect(splitTags('')).toEqual([]);
});

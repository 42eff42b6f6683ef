import { describe, expect, test } from 'vitest';
import { describeTask, FAMILIES, familyOf } from './task-type';
import { TASK_TYPES } from './task-types';

describe('the sentence of a task', () => {
  test.each([
    ['qmstart', '100', 'VM 100 - Start'],
    ['vzshutdown', '200', 'CT 200 - Shutdown'],
    ['srvrestart', 'pveproxy', 'SRV pveproxy - Restart'],
    ['cephcreateosd', 'sdc', 'Ceph OSD sdc - Create'],
    ['aptupdate', '', 'Update package database'],
    ['startall', '', 'Bulk start VMs and Containers'],
    ['vzdump', '100', 'VM/CT 100 - Backup'],
    ['vzdump', '', 'Backup Job'],
    ['imgdel', '100@nas', 'Erase data'],
    ['qmstart', '', 'Start'],
    ['mytask', '7', 'mytask 7'],
    ['mytask', '', 'mytask'],
    ['toString', '7', 'toString 7'],
  ])('%s %s is "%s"', (label, id, sentence) => {
    expect(describeTask(label, id)).toBe(sentence);
  });
});

describe('the family of a label', () => {
  test.each([
    ['qmpause', 'power'],
    ['vzmount', 'config'],
    ['bulk-shutdown', 'bulk'],
    ['bulkstart', 'bulk'],
    ['dircreate', 'storage'],
    ['lvmthincreate', 'storage'],
    ['zfsremove', 'storage'],
    ['cephfscreate', 'ceph'],
    ['acmerenew', 'certificate'],
    ['auth-realm-sync-test', 'access'],
    ['aptupgrade', 'update'],
    ['termproxy', 'console'],
    ['unknown', 'other'],
    ['mytask', 'other'],
    ['constructor', 'other'],
  ])('%s is %s', (label, family) => {
    expect(familyOf(label)).toBe(family);
  });

  test('every worker type that Proxmox VE names has a family, all but the one without a type', () => {
    const others = Object.keys(TASK_TYPES).filter((label) => familyOf(label) === 'other');
    expect(others).toEqual(['unknown']);
    expect(new Set(Object.keys(TASK_TYPES).map(familyOf))).toEqual(new Set(FAMILIES));
  });
});

import { describe, expect, test } from 'vitest';
import { auditsNode, type ClusterView, hasPrivilege, maySeeGuest, maySeeTask, ownsTask } from './visibility';

const view = (part: Partial<ClusterView>): ClusterView => ({
  identity: 'alice@pve',
  permissions: {},
  aclPaths: null,
  guests: new Set(),
  ...part,
});

describe('a privilege on a path', () => {
  test('is held when the path lists it, whatever its propagate flag', () => {
    expect(hasPrivilege(view({ permissions: { '/nodes/pve1': { 'Sys.Audit': 0 } } }), '/nodes/pve1', 'Sys.Audit')).toBe(
      true,
    );
  });

  test('comes down from the nearest listed ancestor only when that one propagates', () => {
    const down = { '/': { 'Sys.Audit': 1 } };
    expect(auditsNode(view({ permissions: down }), 'pve1')).toBe(true);
    expect(auditsNode(view({ permissions: { '/': { 'Sys.Audit': 0 } } }), 'pve1')).toBe(false);
    expect(auditsNode(view({ permissions: { ...down, '/nodes': { 'VM.Audit': 1 } } }), 'pve1')).toBe(false);
  });

  test('is not held on a path that an ACL names and Proxmox leaves out: NoAccess below an inherited right', () => {
    const permissions = { '/': { 'Sys.Audit': 1 } };
    const aclPaths = new Set(['/', '/nodes/pve2']);
    expect(auditsNode(view({ permissions, aclPaths }), 'pve1')).toBe(true);
    expect(auditsNode(view({ permissions, aclPaths }), 'pve2')).toBe(false);
  });

  test('is not held when nothing is known', () => {
    expect(auditsNode(view({}), 'pve1')).toBe(false);
  });
});

describe('who owns a task', () => {
  test.each([
    ['alice@pve', 'alice@pve', true],
    ['alice@pve', 'alice@pve!ci', true],
    ['alice@pve!ci', 'alice@pve!ci', true],
    ['alice@pve!ci', 'alice@pve', false],
    ['alice@pve!ci', 'alice@pve!other', false],
    ['bob@pve', 'alice@pve', false],
    ['alice@pve', 'alice@pve!1x', false],
  ])('%s sees the task of %s: %s', (identity, actor, owns) => {
    expect(ownsTask(identity, actor)).toBe(owns);
  });
});

test('a task is seen by Sys.Audit on the node that listed it, guest rights notwithstanding', () => {
  const auditor = view({ permissions: { '/nodes/pve1': { 'Sys.Audit': 1 }, '/vms/100': { 'VM.Audit': 1 } } });
  expect(maySeeTask(auditor, 'pve1', 'root@pam')).toBe(true);
  expect(maySeeTask(auditor, 'pve2', 'root@pam')).toBe(false);
  expect(maySeeTask(auditor, 'pve2', 'alice@pve!ci')).toBe(true);
});

describe('the name of a guest', () => {
  test('is shown when the guest is among the viewer’s own', () => {
    expect(maySeeGuest(view({ guests: new Set([100]) }), 100)).toBe(true);
    expect(maySeeGuest(view({ guests: new Set([100]) }), 101)).toBe(false);
  });

  test('is shown of a guest that is gone when the right on its path is certain', () => {
    const permissions = { '/': { 'VM.Audit': 1 } };
    expect(maySeeGuest(view({ permissions, aclPaths: new Set(['/']) }), 101)).toBe(true);
    expect(maySeeGuest(view({ permissions, aclPaths: null }), 101)).toBe(false);
    expect(maySeeGuest(view({ permissions, aclPaths: new Set(['/', '/vms/101']) }), 101)).toBe(false);
  });
});

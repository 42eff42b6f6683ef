import { expect, test } from 'vitest';
import { missingRights } from './rights';

const auditor = (propagate: number) => ({ 'Sys.Audit': propagate, 'VM.Audit': propagate, 'Pool.Audit': propagate });

test('PVEAuditor on / reads everything', () => {
  expect(missingRights({ '/': auditor(1) }, ['pve1'])).toEqual([]);
});

test('without propagation the nodes, guests, pools and accounts are missing, and named', () => {
  expect(missingRights({ '/': auditor(0) }, ['pve1'])).toEqual([
    'VM.Audit on /vms',
    'Pool.Audit on /pool',
    'Sys.Audit on /access',
    'Sys.Audit on /nodes/pve1',
  ]);
});

test('a token that audits one node hears nothing of the cluster and lacks the other node', () => {
  const missing = missingRights({ '/nodes/pve1': { 'Sys.Audit': 1 } }, ['pve1', 'pve2']);
  expect(missing).toContain('Sys.Audit on /');
  expect(missing).toContain('Sys.Audit on /nodes/pve2');
  expect(missing).not.toContain('Sys.Audit on /nodes/pve1');
});

test('a privilege-separated token without an ACL has no right at all', () => {
  expect(missingRights({}, [])).toEqual([
    'Sys.Audit on /',
    'VM.Audit on /vms',
    'Pool.Audit on /pool',
    'Sys.Audit on /access',
  ]);
});

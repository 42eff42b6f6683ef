import { hasPrivilege, type Permissions } from '@/lib/domain/visibility';

// Role PVEAuditor on `/` has them all; the collector needs nothing else (api-contract 2.11).
const NEEDED: readonly { path: string; ask: string; privilege: string }[] = [
  { path: '/', ask: '/', privilege: 'Sys.Audit' },
  { path: '/vms', ask: '/vms/100', privilege: 'VM.Audit' },
  { path: '/pool', ask: '/pool/any', privilege: 'Pool.Audit' },
  { path: '/access', ask: '/access', privilege: 'Sys.Audit' },
];

/** What the collector's token may not read, as `Sys.Audit on /`; empty when it sees everything. */
export function missingRights(permissions: Permissions, nodes: readonly string[]): string[] {
  const view = { identity: '', permissions, aclPaths: null, guests: new Set<number>() };
  const onNodes = nodes.map((node) => ({ path: `/nodes/${node}`, ask: `/nodes/${node}`, privilege: 'Sys.Audit' }));
  const missing = [...NEEDED, ...onNodes].filter(({ ask, privilege }) => !hasPrivilege(view, ask, privilege));
  return missing.map(({ path, privilege }) => `${privilege} on ${path}`);
}

import type { Version } from '../world/version.ts';

const VM = [
  'VM.Allocate',
  'VM.Audit',
  'VM.Backup',
  'VM.Clone',
  'VM.Config.CDROM',
  'VM.Config.CPU',
  'VM.Config.Cloudinit',
  'VM.Config.Disk',
  'VM.Config.HWType',
  'VM.Config.Memory',
  'VM.Config.Network',
  'VM.Config.Options',
  'VM.Console',
  'VM.Migrate',
  'VM.PowerMgmt',
  'VM.Snapshot',
  'VM.Snapshot.Rollback',
];
const AGENT = ['Audit', 'FileRead', 'FileSystemMgmt', 'FileWrite', 'Unrestricted'].map((p) => `VM.GuestAgent.${p}`);
const BASE = [
  'Datastore.Allocate',
  'Datastore.AllocateSpace',
  'Datastore.AllocateTemplate',
  'Datastore.Audit',
  'Group.Allocate',
  'Permissions.Modify',
  'Pool.Allocate',
  'Pool.Audit',
  'Realm.Allocate',
  'Realm.AllocateUser',
  'SDN.Allocate',
  'SDN.Audit',
  'Sys.Audit',
  'Sys.Console',
  'Sys.Incoming',
  'Sys.Modify',
  'Sys.PowerMgmt',
  'Sys.Syslog',
  'User.Modify',
];
const SINCE_8 = ['Mapping.Audit', 'Mapping.Modify', 'Mapping.Use', 'SDN.Use', 'Sys.AccessNetwork'];

/** Every privilege a release knows; 9 dropped VM.Monitor and split it (2.9). */
export function allPrivileges(version: Version): string[] {
  const of8 = version.major >= 8 ? SINCE_8 : [];
  return [...BASE, ...of8, ...VM, ...(version.major >= 9 ? [...AGENT, 'VM.Replicate'] : ['VM.Monitor'])];
}

/** Role → privileges: the built-in ones that matter here and three of the administrator's own. */
export function builtInRoles(version: Version): Map<string, ReadonlySet<string>> {
  const all = allPrivileges(version);
  const only = (test: (privilege: string) => boolean): ReadonlySet<string> => new Set(all.filter(test));
  const vmUser = ['VM.Audit', 'VM.Backup', 'VM.Config.CDROM', 'VM.Config.Cloudinit', 'VM.Console', 'VM.PowerMgmt'];
  return new Map([
    ['NoAccess', new Set<string>()],
    ['Administrator', new Set(all)],
    ['PVEAdmin', only((p) => !['Permissions.Modify', 'Sys.PowerMgmt', 'Sys.Modify', 'Realm.Allocate'].includes(p))],
    ['PVEAuditor', only((p) => p.endsWith('.Audit'))],
    ['PVEVMUser', new Set(vmUser)],
    ['PVEVMAdmin', only((p) => p.startsWith('VM.'))],
    ['PVEPoolUser', new Set(['Pool.Audit'])],
    ['PVEDatastoreUser', new Set(['Datastore.Audit', 'Datastore.AllocateSpace'])],
    ['NodeAudit', new Set(['Sys.Audit'])],
    ['Power', new Set(['VM.Audit', 'VM.PowerMgmt'])],
    ['GuestNames', new Set(['VM.Audit'])],
  ]);
}

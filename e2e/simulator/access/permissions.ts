import type { Cluster } from '../world/model.ts';
import { type AclEntry, splitToken } from './accounts.ts';
import { allPrivileges } from './roles.ts';

/** Privilege → propagate flag; a key that is there is a right that is held. */
export type Privileges = Map<string, 0 | 1>;

/** What `who` (a user or a full token id) may do on a path: 2.9, pools and privilege separation included. */
export function privilegesOn(cluster: Cluster, who: string, path: string): Privileges {
  if (who === 'root@pam') return new Map(allPrivileges(cluster.version).map((p) => [p, 1]));
  const { user, token } = splitToken(who);
  if (token === undefined) return privilegesOfAcl(cluster, who, path);
  const info = cluster.accounts.users.get(user)?.tokens.get(token);
  if (!info) return new Map();
  const owned = privilegesOn(cluster, user, path);
  if (!info.privsep) return owned;
  const both: Privileges = new Map();
  for (const [privilege, flag] of privilegesOfAcl(cluster, who, path)) {
    const ownerFlag = owned.get(privilege);
    if (ownerFlag !== undefined) both.set(privilege, flag && ownerFlag ? 1 : 0);
  }
  return both;
}

export const holds = (cluster: Cluster, who: string, path: string, privilege: string): boolean =>
  privilegesOn(cluster, who, path).has(privilege);

/** The paths that `GET /access/permissions` walks: top level, every ACL path, members of pools (2.10). */
export function listedPaths(cluster: Cluster): string[] {
  const paths = new Set(['/', '/access', '/access/groups', '/nodes', '/pool', '/storage', '/vms']);
  if (cluster.version.major >= 8) paths.add('/sdn');
  for (const entry of cluster.accounts.acl) paths.add(entry.path);
  for (const pool of cluster.pools.values()) {
    paths.add(`/pool/${pool.id}`);
    for (const vmid of pool.guests) paths.add(`/vms/${vmid}`);
    for (const storage of pool.storages) paths.add(`/storage/${storage}`);
  }
  return [...paths];
}

function privilegesOfAcl(cluster: Cluster, who: string, path: string): Privileges {
  const roles = rolesOn(cluster, who, path);
  if (!roles.has('NoAccess')) lendRolesOfPools(cluster, who, path, roles);
  const privileges: Privileges = new Map();
  if (roles.has('NoAccess')) return privileges;
  for (const [role, propagate] of roles) {
    for (const privilege of cluster.accounts.roles.get(role) ?? []) {
      if (propagate === 1 || !privileges.has(privilege)) privileges.set(privilege, propagate);
    }
  }
  return privileges;
}

/** Role → propagate flag. A level with an entry of one's own replaces what came from above; groups count where none is. */
function rolesOn(cluster: Cluster, who: string, path: string): Map<string, 0 | 1> {
  const groups = cluster.accounts.users.get(who)?.groups ?? [];
  let roles = new Map<string, 0 | 1>();
  for (const level of levelsOf(path)) {
    const here = cluster.accounts.acl.filter((entry) => entry.path === level && (entry.propagate || level === path));
    const own = here.filter((entry) => entry.type !== 'group' && entry.who === who);
    const shared = here.filter((entry) => entry.type === 'group' && groups.includes(entry.who));
    const counted = own.length > 0 ? own : shared;
    if (counted.length > 0) roles = rolesOfEntries(counted);
  }
  return roles;
}

function rolesOfEntries(entries: readonly AclEntry[]): Map<string, 0 | 1> {
  const roles = new Map<string, 0 | 1>();
  for (const { role, propagate } of entries) roles.set(role, propagate || roles.get(role) === 1 ? 1 : 0);
  return roles;
}

/** A pool lends its roles to its members, at the member's own path only. */
function lendRolesOfPools(cluster: Cluster, who: string, path: string, roles: Map<string, 0 | 1>): void {
  for (const pool of cluster.pools.values()) {
    const member = [...pool.guests].some((id) => path === `/vms/${id}`);
    if (!member && ![...pool.storages].some((id) => path === `/storage/${id}`)) continue;
    for (const role of rolesOn(cluster, who, `/pool/${pool.id}`).keys()) if (!roles.has(role)) roles.set(role, 0);
  }
}

function levelsOf(path: string): string[] {
  const levels = ['/'];
  for (let end = path.indexOf('/', 1); path !== '/'; end = path.indexOf('/', end + 1)) {
    levels.push(end < 0 ? path : path.slice(0, end));
    if (end < 0) break;
  }
  return levels;
}

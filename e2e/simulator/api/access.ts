import { splitToken } from '../access/accounts.ts';
import { holds, listedPaths, privilegesOn } from '../access/permissions.ts';
import { ApiError, data } from '../http/answer.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { requirePrivilege } from '../http/serve.ts';
import { signIn } from './sign-in.ts';

export const accessRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/access/domains',
    open: true,
    run: ({ cluster }) => data(cluster.accounts.realms.map((realm) => ({ ...realm }))),
  },
  { method: 'GET', path: '/access/ticket', open: true, run: () => data(null) },
  {
    method: 'POST',
    path: '/access/ticket',
    open: true,
    protected: true,
    params: {
      username: { type: 'string', required: true, maxLength: 64 },
      password: { type: 'string', required: true },
      realm: { type: 'string' },
      otp: { type: 'string' },
      path: { type: 'string' },
      privs: { type: 'string' },
      'tfa-challenge': { type: 'string' },
      'new-format': { type: 'boolean' },
    },
    run: signIn,
  },
  {
    method: 'GET',
    path: '/access/permissions',
    params: { userid: { type: 'string' }, path: { type: 'string' } },
    run: readPermissions,
  },
  { method: 'GET', path: '/access/acl', run: readAcl },
  {
    method: 'PUT',
    path: '/access/acl',
    protected: true,
    params: {
      path: { type: 'string', required: true },
      roles: { type: 'string', required: true },
      users: { type: 'string' },
      groups: { type: 'string' },
      tokens: { type: 'string' },
      propagate: { type: 'boolean' },
      delete: { type: 'boolean' },
    },
    run: changeAcl,
  },
  { method: 'GET', path: '/access/tfa', protected: true, run: () => data([]) },
];

/** Presence is the right, the value only the propagate flag; a path without any privilege is left out (2.10). */
function readPermissions(call: Call): ReturnType<ApiRoute['run']> {
  const { cluster, who, params } = call;
  const asked = params.userid === undefined ? who : String(params.userid);
  const ownToken = cluster.version.ownTokenPermissions && splitToken(asked).user === who;
  if (asked !== who && !ownToken) requirePrivilege(cluster, who, '/access', 'Sys.Audit');
  const paths = params.path === undefined ? listedPaths(cluster) : [String(params.path)];
  const rows = paths.map((path) => [path, Object.fromEntries(privilegesOn(cluster, asked, path))] as const);
  return data(Object.fromEntries(rows.filter(([, privileges]) => Object.keys(privileges).length > 0)));
}

/** All entries with Sys.Audit on /access, else those of paths where the caller may change permissions. */
function readAcl({ cluster, who }: Call): ReturnType<ApiRoute['run']> {
  const auditor = holds(cluster, who, '/access', 'Sys.Audit');
  const entries = cluster.accounts.acl.filter(
    (entry) => auditor || holds(cluster, who, entry.path, 'Permissions.Modify'),
  );
  return data(
    entries.map((entry) => ({
      path: entry.path,
      type: entry.type,
      ugid: entry.who,
      roleid: entry.role,
      propagate: entry.propagate ? 1 : 0,
    })),
  );
}

function changeAcl({ cluster, who, params }: Call): ReturnType<ApiRoute['run']> {
  const path = String(params.path);
  requirePrivilege(cluster, who, path, 'Permissions.Modify');
  const { accounts } = cluster;
  for (const [type, names] of [
    ['user', params.users],
    ['group', params.groups],
    ['token', params.tokens],
  ] as const) {
    for (const name of list(names)) {
      for (const role of list(params.roles)) {
        if (!accounts.roles.has(role)) throw new ApiError(500, `role '${role}' does not exist`);
        accounts.acl = accounts.acl.filter(
          (entry) => entry.path !== path || entry.type !== type || entry.who !== name || entry.role !== role,
        );
        if (params.delete !== true)
          accounts.acl.push({ path, type, who: name, role, propagate: params.propagate !== false });
      }
    }
  }
  return data(null);
}

const list = (value: unknown): string[] =>
  value === undefined
    ? []
    : String(value)
        .split(/[\s,;]+/)
        .filter(Boolean);

import type { Account } from '../access/accounts.ts';
import { holds } from '../access/permissions.ts';
import { ApiError, data, type Result } from '../http/answer.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { requirePrivilege } from '../http/serve.ts';

export const userRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/access/users',
    protected: true,
    params: { enabled: { type: 'boolean' }, full: { type: 'boolean' } },
    run: ({ cluster, who }) => {
      const all = holds(cluster, who, '/access', 'Sys.Audit') || holds(cluster, who, '/access/groups', 'User.Modify');
      const shown = [...cluster.accounts.users.values()].filter(({ userid }) => all || userid === who);
      return data(shown.map(userRow));
    },
  },
  {
    method: 'PUT',
    path: '/access/users/{userid}',
    protected: true,
    params: { comment: { type: 'string' }, enable: { type: 'boolean' }, expire: { type: 'integer', min: 0 } },
    run: changeUser,
  },
  { method: 'GET', path: '/access/users/{userid}/token', run: listTokens },
];

const userRow = ({ userid, enabled, expire, comment, email, factors }: Account): object => ({
  userid,
  enable: enabled ? 1 : 0,
  expire,
  email,
  comment,
  'realm-type': userid.endsWith('@pam') ? 'pam' : 'pve',
  ...(factors.totp ? { keys: 'x' } : {}),
});

function accountOf({ cluster, path }: Call): Account {
  const account = cluster.accounts.users.get(path.userid ?? '');
  if (!account) throw new ApiError(500, `no such user ('${path.userid}')`);
  return account;
}

function changeUser(call: Call): Result {
  requirePrivilege(call.cluster, call.who, '/access/groups', 'User.Modify');
  const account = accountOf(call);
  const { comment, enable, expire } = call.params;
  if (comment !== undefined) account.comment = String(comment);
  if (enable !== undefined) account.enabled = enable === true;
  if (expire !== undefined) account.expire = Number(expire);
  return data(null);
}

function listTokens(call: Call): Result {
  const account = accountOf(call);
  if (call.who !== account.userid) requirePrivilege(call.cluster, call.who, '/access/groups', 'User.Modify');
  return data(
    [...account.tokens.values()].map(({ name, privsep, expire, comment }) => ({
      tokenid: name,
      privsep: privsep ? 1 : 0,
      expire,
      ...(comment === '' ? {} : { comment }),
    })),
  );
}

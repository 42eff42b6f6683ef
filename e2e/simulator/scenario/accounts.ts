import { randomBytes } from 'node:crypto';
import type { Account, Accounts, AclEntry, Factors, Token } from '../access/accounts.ts';
import { PAM, PVE, type Realm } from '../access/realms.ts';
import { builtInRoles } from '../access/roles.ts';
import type { Version } from '../world/version.ts';

export type Person = {
  userid: string;
  password: string;
  can: string;
  comment?: string;
  enabled?: false;
  expire?: number;
  groups?: readonly string[];
  factors?: Factors;
  tokens?: readonly Partial<Token>[];
};

/** An ACL entry; a last `false` keeps it from propagating. */
export type Grant = [type: AclEntry['type'], who: string, path: string, role: string, propagate?: false];

export function makeAccounts(
  version: Version,
  people: readonly Person[],
  grants: readonly Grant[],
  collector: string,
  realms: readonly Realm[] = [PAM, PVE],
): Accounts {
  return {
    realms,
    collector,
    users: new Map(people.map((person) => [person.userid, makeAccount(person)])),
    acl: grants.map(([type, who, path, role, propagate]) => ({
      type,
      who,
      path,
      role,
      propagate: propagate !== false,
    })),
    roles: builtInRoles(version),
    key: randomBytes(32),
  };
}

const makeAccount = (person: Person): Account => ({
  userid: person.userid,
  password: person.password,
  enabled: person.enabled ?? true,
  expire: person.expire ?? 0,
  comment: person.comment ?? '',
  email: '',
  groups: person.groups ?? [],
  factors: structuredClone(person.factors ?? {}),
  tokens: new Map((person.tokens ?? []).map((token) => [token.name ?? '', makeToken(token)])),
  totpFailures: 0,
  secondFactorFailures: 0,
  can: person.can,
});

const makeToken = (token: Partial<Token>): Token => ({
  name: token.name ?? '',
  secret: token.secret ?? '',
  privsep: token.privsep ?? false,
  expire: token.expire ?? 0,
  comment: token.comment ?? '',
});

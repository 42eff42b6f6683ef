import type { Realm } from './realms.ts';

export type Token = { name: string; secret: string; privsep: boolean; expire: number; comment: string };

export type Factors = {
  /** Base32 secret, 30 s, 6 digits, SHA-1. */
  totp?: string;
  /** Unused recovery keys; the place in the list is the index that the challenge tells. */
  recovery?: (string | null)[];
  yubico?: string;
  webauthn?: boolean;
};

export type Account = {
  userid: string;
  password: string;
  enabled: boolean;
  /** Unix seconds, 0 = never. */
  expire: number;
  comment: string;
  email: string;
  groups: readonly string[];
  factors: Factors;
  tokens: Map<string, Token>;
  totpFailures: number;
  secondFactorFailures: number;
  /** What this person is for, in the list that the simulator prints. */
  can: string;
};

export type AclEntry = {
  path: string;
  type: 'user' | 'group' | 'token';
  who: string;
  role: string;
  propagate: boolean;
};

export type Accounts = {
  realms: readonly Realm[];
  users: Map<string, Account>;
  acl: AclEntry[];
  roles: Map<string, ReadonlySet<string>>;
  /** The token that the product's collector is meant to use, `id=secret`. */
  collector: string;
  /** Signs tickets and CSRF tokens; shared by the nodes of one cluster, worthless on another (2.2). */
  key: Buffer;
};

/** `user@realm!token` as owner and token name; anchored at the end, since a user name may hold `!` itself (2.11). */
export function splitToken(id: string): { user: string; token: string | undefined } {
  const match = /^(\S+@[A-Za-z][A-Za-z0-9._-]+)!([A-Za-z][A-Za-z0-9._-]+)$/.exec(id);
  return match ? { user: match[1] as string, token: match[2] as string } : { user: id, token: undefined };
}

/** A token with its owner, when both exist and neither is disabled nor expired. */
export function findToken(accounts: Accounts, id: string, now: number): { owner: Account; token: Token } | undefined {
  const { user, token } = splitToken(id);
  const owner = findUsable(accounts, user, now);
  const found = token === undefined ? undefined : owner?.tokens.get(token);
  if (!owner || !found || (found.expire !== 0 && found.expire <= now)) return undefined;
  return { owner, token: found };
}

export function findUsable(accounts: Accounts, userid: string, now: number): Account | undefined {
  const account = accounts.users.get(userid);
  return account?.enabled && (account.expire === 0 || account.expire > now) ? account : undefined;
}

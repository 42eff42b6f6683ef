import { type EpochSeconds, epochSeconds } from './time';

/** A decoded UPID (search-language appendix A, api-contract 3.1). `text` is the one to compare and to send. */
export type Upid = {
  text: string;
  node: string;
  pid: number;
  /** Clock ticks since boot; nine hex digits after 497 days of uptime, so it may exceed 32 bits. */
  pstart: number;
  startTime: EpochSeconds;
  /** The worker type, `label` in searches. */
  type: string;
  /** As it stands there: Proxmox VE escapes nothing. Often a VMID, may be empty. */
  id: string;
  /** `name@realm`, without the token name. */
  user: string;
  /** The token's name when an API token started the task. */
  token?: string;
  comment: string;
};

const UPID = new RegExp(
  `^${[
    'UPID',
    '(?<node>[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)',
    '(?<pid>[0-9A-Fa-f]{8})',
    '(?<pstart>[0-9A-Fa-f]{8,9})',
    '(?<startTime>[0-9A-Fa-f]{8})',
    '(?<type>[^:\\s/]+)',
    '(?<id>[^:\\s/]*)',
    '(?<actor>[^:\\s/]+)',
    '(?<comment>[^:\\s/]*)',
  ].join(':')}$`,
);

// A user name may hold "!" and "@" itself, so the token is anchored at the end (api-contract 2.11).
const ACTOR_WITH_TOKEN = /^(?<user>.+)!(?<token>[A-Za-z][A-Za-z0-9._-]+)$/;

/** Decodes a UPID of Proxmox VE; `undefined` when the text is none (also a Backup Server's, which has ten parts). */
export function parseUpid(text: string): Upid | undefined {
  const trimmed = text.trim();
  const parts = UPID.exec(trimmed)?.groups;
  if (!parts) return undefined;
  const { user, token } = splitActor(parts.actor ?? '');
  return {
    text: trimmed,
    node: parts.node ?? '',
    pid: Number.parseInt(parts.pid ?? '', 16),
    pstart: Number.parseInt(parts.pstart ?? '', 16),
    startTime: epochSeconds(Number.parseInt(parts.startTime ?? '', 16)),
    type: parts.type ?? '',
    id: parts.id ?? '',
    user,
    ...(token === undefined ? {} : { token }),
    comment: parts.comment ?? '',
  };
}

/** Splits the last field of a UPID into `user@realm` and the token's name, when one stands there. */
export function splitActor(actor: string): { user: string; token?: string } {
  const parts = ACTOR_WITH_TOKEN.exec(actor)?.groups;
  return parts?.user && parts.token ? { user: parts.user, token: parts.token } : { user: actor };
}

/** The last field of a UPID again: `user@realm` or `user@realm!token`. */
export const joinActor = (user: string, token?: string | null): string => (token ? `${user}!${token}` : user);

/** The part after the last `@`; empty when there is none. */
export const realmOf = (user: string): string => {
  const at = user.lastIndexOf('@');
  return at < 0 ? '' : user.slice(at + 1);
};

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');

/** The text Proxmox would write for these parts, with upper-case hex. */
export const formatUpid = (parts: Omit<Upid, 'text'>): string =>
  `UPID:${parts.node}:${hex(parts.pid)}:${hex(parts.pstart)}:${hex(parts.startTime)}:${parts.type}:${parts.id}:` +
  `${joinActor(parts.user, parts.token)}:${parts.comment}`;

/** Whether the text looks like a Proxmox Backup Server UPID, which carries one more field, so that we can name it. */
export const isBackupServerUpid = (text: string): boolean =>
  /^UPID:[^:\s/]+:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8,16}:[0-9A-Fa-f]{8}:[^:\s]+:[^:\s]*:[^:\s]+:[^:\s]*$/.test(
    text.trim(),
  );

export type UpidParts = {
  node: string;
  pid: number;
  /** Clock ticks since boot: nine hex digits after 497 days. */
  pstart: number;
  /** Unix seconds. */
  starttime: number;
  type: string;
  id: string;
  /** `user@realm` or `user@realm!token`. */
  user: string;
};

const PATTERN =
  /^UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s/]+):([^:\s/]*):([^:\s/]+):$/;

export function printUpid(parts: UpidParts): string {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');
  const { node, pid, pstart, starttime, type, id, user } = parts;
  return `UPID:${node}:${hex(pid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${user}:`;
}

export function parseUpid(text: string): UpidParts | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, node = '', pid = '', pstart = '', starttime = '', type = '', id = '', user = ''] = match;
  const number = (digits: string): number => Number.parseInt(digits, 16);
  return { node, pid: number(pid), pstart: number(pstart), starttime: number(starttime), type, id, user };
}

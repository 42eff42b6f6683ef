import { type ClientConfig, types } from 'pg';

const INT8 = 20;
const TEXTS: ReadonlySet<number> = new Set([25, 1043]);

// Postgres keeps no NUL in a text, a UPID may hold one. It goes there and comes back as a character that stands for
// nothing anywhere (a private one of plane 15).
const NUL = '\u{F0000}';

/** A parameter as Postgres can keep it. */
export function toParameter(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', NUL) : value;
  return Array.isArray(value) ? value.map(toParameter) : value;
}

const parserOf = (type: number, format?: 'text' | 'binary'): ((text: string) => unknown) => {
  if (type === INT8) return Number; // ids stay below 2^53
  if (TEXTS.has(type)) return (text) => (text.includes(NUL) ? text.replaceAll(NUL, '\0') : text);
  return format === 'binary' ? types.getTypeParser(type, 'binary') : types.getTypeParser(type, 'text');
};

/** How every connection to the database is made. */
export const configOf = (url: string): ClientConfig => ({
  connectionString: url,
  application_name: 'taskscope',
  connectionTimeoutMillis: 10_000,
  keepAlive: true, // so that a host that vanished is noticed
  types: { getTypeParser: parserOf as typeof types.getTypeParser }, // its overloads say the same
});

import type { IncomingMessage } from 'node:http';
import { TransportError } from './answer.ts';
import type { Raw } from './params.ts';

export type Target = { format: 'json' | 'extjs'; path: string; query: Raw };

/** The format, the once-decoded path and the query of `/api2/{format}/…` (1.1). */
export function readTarget(url: string): Target {
  const [rawPath = '', ...rest] = url.split('?');
  const path = decode(rawPath);
  const match = /^\/api2(?:\/([^/]*))?(\/.*)?$/.exec(path);
  if (!match) throw new TransportError(500, `no such file '${path}'`, `no such file '${path}'\n`);
  const [, format = '', below = ''] = match;
  if (format === '') throw new TransportError(501, 'no such uri', 'no such uri');
  if (format !== 'json' && format !== 'extjs') {
    const text = `no formatter for uri ${below}, ${format}`;
    throw new TransportError(501, text, text);
  }
  const query = readForm(rest.join('?'));
  delete query._dc;
  return { format, path: below === '' ? '/' : below, query };
}

/** `a=1&b=2`, split at `&` and at `;`; a value ends at an unescaped `=` (1.3). A key sent twice becomes a list. */
function readForm(text: string): Raw {
  const form: Raw = {};
  for (const pair of text.split(/[&;]/)) {
    if (pair === '') continue;
    const [rawKey = '', rawValue = ''] = pair.split('=');
    const key = decode(rawKey.replaceAll('+', ' '));
    const value = decode(rawValue.replaceAll('+', ' '));
    const known = form[key];
    form[key] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value];
  }
  return form;
}

/** What the head says about a body, before any of it is read: refused methods, encodings, types and sizes (1.3, 1.4). */
export function refuseByHead(request: IncomingMessage, maxBodyBytes: number): void {
  const method = request.method ?? '';
  const length = Number(request.headers['content-length'] ?? 0);
  if (request.headers['transfer-encoding'] !== undefined) throw plain(501, 'chunked transfer encoding not supported');
  if (!(length > 0)) return;
  if (method === 'GET' || method === 'DELETE') throw plain(501, `Unexpected content for method '${method}'`);
  if (length > maxBodyBytes) throw plain(501, 'for data too large');
  const type = request.headers['content-type'] ?? '';
  if (type !== '' && !/^application\/(x-www-form-urlencoded|json)\b/i.test(type)) {
    throw plain(506, `upload 'Content-Type '${type}' not implemented`);
  }
}

/** Form or JSON body as parameters. */
export function readBody(bytes: Buffer, type: string): Raw {
  const text = bytes.toString('utf8');
  if (!/^application\/json\b/i.test(type)) return readForm(text);
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Refused below, in the words of the Perl parser.
  }
  const reason =
    'malformed JSON string, neither tag, array, object, number, string or atom, ' +
    `at character offset ${text.length} (before "(end of string)") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.`;
  throw new TransportError(500, reason, `${reason}\n`);
}

const plain = (status: number, text: string): TransportError => new TransportError(status, text, text);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

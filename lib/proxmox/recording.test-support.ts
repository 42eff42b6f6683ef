import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A real answer as it was recorded, scrubbed of secrets; bodies that were compressed on the wire are decoded. */
export type Recording = {
  description: string;
  as?: string;
  request: { method: string; path: string; query: Record<string, unknown> };
  response: {
    status: number;
    statusText: string;
    headers: [string, string][];
    body?: unknown;
    bodyText?: string;
    bodyBase64?: string;
    bodyNote?: string;
  };
};

const FOLDER = fileURLToPath(new URL('recordings/', import.meta.url));

/** The names of all recordings, without the ending. */
export const recordingNames = (): string[] =>
  readdirSync(FOLDER)
    .map((file) => file.replace(/\.json$/, ''))
    .toSorted();

/** A recording by name. */
export const recording = (name: string): Recording => JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8'));

/** The answer byte for byte: its reason phrase, its headers in order and twice where they were, compressed again where it was. */
export function answerOf({ response }: Recording): Buffer {
  const plain = bodyOf(response);
  const zipped = response.headers.some(([name, value]) => name === 'Content-Encoding' && value === 'gzip');
  const body = zipped ? gzipSync(plain) : plain;
  const headers = response.headers.map(([name, value]) =>
    // The order of keys, the level of compression and bodies that were cut change the length.
    name === 'Content-Length' ? `${name}: ${body.byteLength}` : `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${response.status} ${response.statusText}`, ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'utf8'), body]);
}

function bodyOf({ body, bodyText, bodyBase64 }: Recording['response']): Buffer {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64');
  return Buffer.from(body === undefined ? (bodyText ?? '') : JSON.stringify(body), 'utf8');
}

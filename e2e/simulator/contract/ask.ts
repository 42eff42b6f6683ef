import { Agent, request as httpsRequest } from 'node:https';
import { gunzipSync, inflateSync } from 'node:zlib';

export type Asked = { method: string; url: string; headers?: Record<string, string>; body?: string };

/** An answer as it came over the wire: reason phrase, headers in order and twice where they are, body decoded. */
export type Heard = { status: number; reason: string; headers: [string, string][]; bytes: Buffer; tookMs: number };

/** Asks over TLS without looking at the certificate: this is about the answers. */
export function ask({ method, url, headers = {}, body }: Asked): Promise<Heard> {
  const began = Date.now();
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const named = Object.keys(headers).some((name) => /^content-length$/i.test(name));
    const length = body === undefined || named ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...length, ...headers }, agent, rejectUnauthorized: false };
    const sent = httpsRequest(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const raw = Buffer.concat(parts);
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? '',
          headers: pairs(response.rawHeaders),
          bytes: decoded(raw, response.headers['content-encoding']),
          tookMs: Date.now() - began,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function pairs(raw: readonly string[]): [string, string][] {
  const all: [string, string][] = [];
  for (let at = 0; at < raw.length; at += 2) all.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return all;
}

function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(bytes);
  return encoding === 'deflate' ? inflateSync(bytes) : bytes;
}

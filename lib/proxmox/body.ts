import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ExchangedHead } from './exchange';

/** More than this of one answer is refused: a log is read in windows or as a stream, lists are far smaller. */
const MAX_ANSWER_BYTES = 64 * 2 ** 20;

/** Thrown for an answer beyond the limit; never leaves this folder as such. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/**
 * The body as the server wrote it before compressing. A download above 1,024 bytes comes gzip-encoded whether asked for or not
 * (api-contract 4.6); one that breaks off in the middle throws, it does not end.
 */
export function decoded({ headers, body }: ExchangedHead): Readable {
  if (headers['content-encoding'] !== 'gzip') return body;
  // The outcome is told by the stream that is read, so there is nothing to do in the callback.
  return pipeline(body, createGunzip(), () => {});
}

/** The whole body as text. */
export async function readText(head: ExchangedHead): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of decoded(head) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new TooLarge(`more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import 'server-only';
import { AppError } from '@/lib/domain/errors';

const BODY_MS = 10_000;

/** The bytes of a request, at most `limit` of them; throws `too_large`, or `bad_request` when they take over 10 s to come. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError('too_large', `The body may have ${limit} bytes at most.`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const late = setTimeout(() => void reader.cancel('late').catch(() => undefined), BODY_MS);
  const began = Date.now();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > limit) throw tooLarge();
      parts.push(part.value);
    }
  } finally {
    clearTimeout(late);
    void reader.cancel().catch(() => undefined);
  }
  if (Date.now() - began >= BODY_MS) throw new AppError('bad_request', 'The body did not arrive within 10 s.');
  return new Uint8Array(Buffer.concat(parts));
}

/** The JSON of a request, undefined when it has no body. Throws `bad_request` for any other kind of body. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const bytes = await readBytes(request, limit);
  if (bytes.byteLength === 0) return undefined;
  // Demanding JSON also keeps out what a foreign page could send without asking us first.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('bad_request', 'Send the body as application/json.');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AppError('bad_request', 'The body is not valid JSON.');
  }
}

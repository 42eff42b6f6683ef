import 'server-only';

/** A file of bytes: `from` up to, not including, `to`. Its size is null while it is not known. */
type Download = {
  fileName: string;
  size: number | null;
  bytes(from: number, to: number): Promise<ReadableStream<Uint8Array>>;
};

/**
 * Answers with a text file to keep. One range of it is honoured once its size is known (206, or 416 when it begins behind
 * the end); several at once, or what is no range of bytes, get the whole.
 */
export async function serveDownload(file: Download, requestId: string, range: string | null): Promise<Response> {
  const headers = new Headers({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${file.fileName}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  });
  const { size } = file;
  if (size === null) return new Response(await file.bytes(0, Number.POSITIVE_INFINITY), { headers });
  headers.set('accept-ranges', 'bytes');
  const part = rangeOf(range, size);
  if (part === 'beyond') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = part ?? { from: 0, to: size };
  headers.set('content-length', String(to - from));
  if (part) headers.set('content-range', `bytes ${from}-${to - 1}/${size}`);
  return new Response(await file.bytes(from, to), { status: part ? 206 : 200, headers });
}

/** One range of RFC 9110, 14.1.2, as from and to; undefined when the whole is to be sent. */
function rangeOf(text: string | null, size: number): { from: number; to: number } | 'beyond' | undefined {
  const parts = /^bytes=\s*(?<first>\d{0,15})-(?<last>\d{0,15})\s*$/.exec(text ?? '')?.groups;
  if (!parts || (parts.first === '' && parts.last === '')) return undefined;
  if (parts.first === '') {
    const from = Math.max(size - Number(parts.last), 0);
    return from < size ? { from, to: size } : 'beyond';
  }
  const from = Number(parts.first);
  if (parts.last !== '' && Number(parts.last) < from) return undefined;
  if (from >= size) return 'beyond';
  return { from, to: parts.last === '' ? size : Math.min(Number(parts.last) + 1, size) };
}

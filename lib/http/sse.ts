import 'server-only';
import { describeError, type ErrorBody, type ErrorLog } from './error-response';

/** One event; the id is where the stream goes on after a break (`Last-Event-ID`). */
export type ServerEvent = { id?: string | number; event: string; data: unknown };

/** What a stream needs of the asker: until when, and whether they may still see anything. */
type StreamContext = { requestId: string; signal: AbortSignal; refresh(): Promise<unknown> };

const BEHIND_BYTES = 64 * 1024;
const HEARTBEAT_MS = 15_000;
// Rights stay fresh for a minute: looking a moment too early would leave them as they are for another one.
const RECHECK_MS = 61_000;
const encoder = new TextEncoder();

/** One frame of `text/event-stream`. JSON has no raw newline, so `data` is always a single line. */
export function frame({ id, event, data }: ServerEvent): string {
  if (/[\r\n\0]/.test(`${id ?? ''}${event}`)) throw new RangeError('an SSE id or event name must be one line');
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

// Who follows the same thing is told by the same event object: it is encoded once for all of them.
const encoded = new WeakMap<ServerEvent, Uint8Array>();

function bytesOf(event: ServerEvent): Uint8Array {
  const known = encoded.get(event);
  if (known) return known;
  const bytes = encoder.encode(frame(event));
  encoded.set(event, bytes);
  return bytes;
}

/**
 * Answers with these events. The source is asked for the next one only while the client keeps up (64 KiB are under way at
 * most), so a client that stands still costs no memory here; a source that cannot wait leaves out and yields one event that
 * says so. Rights are read again each minute. The stream ends with the request, the session or the process, whichever is
 * first; a failure of the source is its last event, `failure`.
 */
export function serveEvents(ctx: StreamContext, events: AsyncIterable<ServerEvent>, log: ErrorLog): Response {
  const iterator = events[Symbol.asyncIterator]();
  let open = true;
  let timers: NodeJS.Timeout[] = [];
  let onAbort = () => {};
  const end = () => {
    open = false;
    for (const timer of timers) clearInterval(timer);
    ctx.signal.removeEventListener('abort', onAbort); // it may live as long as the process
    iterator.return?.()?.catch(() => undefined); // may hang in a wait of its own until the signal wakes it
  };
  const close = (controller: ReadableStreamDefaultController<Uint8Array>, last?: ErrorBody) => {
    if (!open) return;
    end();
    if (last) controller.enqueue(encoder.encode(frame({ event: 'failure', data: last })));
    controller.close();
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        const fail = (error: unknown) => close(controller, describeError(error, ctx.requestId, log).body);
        send('retry: 2000\n\n');
        timers = [
          // Proxies drop a silent connection; a comment reaches nobody's listener.
          setInterval(() => (controller.desiredSize ?? 0) > 0 && send(': \n\n'), HEARTBEAT_MS),
          setInterval(() => void ctx.refresh().catch(fail), RECHECK_MS),
        ];
        if (ctx.signal.aborted) close(controller);
        onAbort = () => close(controller);
        if (open) ctx.signal.addEventListener('abort', onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (next.done) close(controller);
          else if (open) controller.enqueue(bytesOf(next.value));
        } catch (error) {
          close(controller, ctx.signal.aborted ? undefined : describeError(error, ctx.requestId, log).body);
        }
      },
      cancel: end,
    },
    { highWaterMark: BEHIND_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': ctx.requestId,
    },
  });
}

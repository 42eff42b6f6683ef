import { LogStreamRequest } from '@/lib/contract/log';
import { rawRoute } from '@/lib/http/route';
import { serveEvents } from '@/lib/http/sse';
import { log } from '@/lib/log';
import { streamLog } from '@/lib/services/tasks/stream-log';

export const GET = rawRoute({
  who: 'viewer',
  input: LogStreamRequest,
  respond: async (ctx, input, request) =>
    serveEvents(ctx, await streamLog(ctx, input, request.headers.get('last-event-id')), log),
});

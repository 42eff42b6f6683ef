import { TaskStreamRequest } from '@/lib/contract/task-stream';
import { rawRoute } from '@/lib/http/route';
import { serveEvents } from '@/lib/http/sse';
import { log } from '@/lib/log';
import { streamTasks } from '@/lib/services/tasks/stream-tasks';

export const GET = rawRoute({
  who: 'viewer',
  input: TaskStreamRequest,
  respond: (ctx, input, request) =>
    serveEvents(ctx, streamTasks(ctx, input, request.headers.get('last-event-id')), log),
});

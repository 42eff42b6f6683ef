import { TaskRequest } from '@/lib/contract/task-ref';
import { serveDownload } from '@/lib/http/download';
import { rawRoute } from '@/lib/http/route';
import { openRawLog } from '@/lib/services/tasks/raw-log';

export const GET = rawRoute({
  who: 'viewer',
  input: TaskRequest,
  respond: async (ctx, input, request) =>
    serveDownload(await openRawLog(ctx, input), ctx.requestId, request.headers.get('range')),
});

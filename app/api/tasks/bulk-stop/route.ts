import { BulkStopAnswer, BulkStopRequest } from '@/lib/contract/task-actions';
import { route } from '@/lib/http/route';
import { bulkStop } from '@/lib/services/tasks/bulk-stop';

export const POST = route({
  who: 'viewer',
  input: BulkStopRequest,
  output: BulkStopAnswer,
  run: bulkStop,
  maxBodyBytes: 256 * 1024,
  timeoutMs: 600_000, // a node stops two at once and takes up to 5 s for each
});

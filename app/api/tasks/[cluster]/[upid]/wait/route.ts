import { TaskAnswer } from '@/lib/contract/task';
import { WaitRequest } from '@/lib/contract/task-actions';
import { route } from '@/lib/http/route';
import { waitTask } from '@/lib/services/tasks/wait';

export const GET = route({
  who: 'viewer',
  input: WaitRequest,
  output: TaskAnswer,
  run: waitTask,
  timeoutMs: 3_630_000, // behind the longest wait one may ask for
});

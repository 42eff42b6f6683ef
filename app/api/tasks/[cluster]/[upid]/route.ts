import { TaskDetail } from '@/lib/contract/task';
import { StopAnswer } from '@/lib/contract/task-actions';
import { TaskRequest } from '@/lib/contract/task-ref';
import { route } from '@/lib/http/route';
import { getTask } from '@/lib/services/tasks/get';
import { stopTask } from '@/lib/services/tasks/stop';

export const GET = route({ who: 'viewer', input: TaskRequest, output: TaskDetail, run: getTask });
export const DELETE = route({ who: 'viewer', input: TaskRequest, output: StopAnswer, run: stopTask, status: 202 });

import { TaskListAnswer, TaskListRequest } from '@/lib/contract/task';
import { route } from '@/lib/http/route';
import { searchTasks } from '@/lib/services/tasks/search';

export const GET = route({ who: 'viewer', input: TaskListRequest, output: TaskListAnswer, run: searchTasks });

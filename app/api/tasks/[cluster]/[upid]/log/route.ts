import { LogAnswer, LogRequest } from '@/lib/contract/log';
import { route } from '@/lib/http/route';
import { readLog } from '@/lib/services/tasks/read-log';

export const GET = route({ who: 'viewer', input: LogRequest, output: LogAnswer, run: readLog });

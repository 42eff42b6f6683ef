import { ReadyAnswer } from '@/lib/contract/health';
import { Nothing } from '@/lib/contract/nothing';
import { checkReady } from '@/lib/http/probe';
import { route } from '@/lib/http/route';

export const GET = route({ who: 'anyone', input: Nothing, output: ReadyAnswer, run: checkReady });

import { LiveAnswer } from '@/lib/contract/health';
import { Nothing } from '@/lib/contract/nothing';
import { route } from '@/lib/http/route';

export const GET = route({ who: 'anyone', input: Nothing, output: LiveAnswer, run: () => ({ live: true as const }) });

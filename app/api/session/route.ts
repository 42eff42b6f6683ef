import { Nothing } from '@/lib/contract/nothing';
import { SessionAnswer } from '@/lib/contract/session';
import { route } from '@/lib/http/route';
import { whoAmI } from '@/lib/services/sign-in/who-am-i';

export const GET = route({ who: 'viewer', input: Nothing, output: SessionAnswer, run: whoAmI });

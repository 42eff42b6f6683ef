import { CompleteAnswer, CompleteRequest } from '@/lib/contract/search';
import { route } from '@/lib/http/route';
import { completeSearch } from '@/lib/services/search/complete';

export const GET = route({ who: 'viewer', input: CompleteRequest, output: CompleteAnswer, run: completeSearch });

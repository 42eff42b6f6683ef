import { ParseAnswer, ParseRequest } from '@/lib/contract/search';
import { route } from '@/lib/http/route';
import { parseSearch } from '@/lib/services/search/parse';

export const GET = route({ who: 'viewer', input: ParseRequest, output: ParseAnswer, run: parseSearch });

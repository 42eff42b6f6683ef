import { HistogramAnswer, HistogramRequest } from '@/lib/contract/search';
import { route } from '@/lib/http/route';
import { countByStart } from '@/lib/services/search/histogram';

export const GET = route({ who: 'viewer', input: HistogramRequest, output: HistogramAnswer, run: countByStart });

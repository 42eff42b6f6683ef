import { FacetsAnswer, FacetsRequest } from '@/lib/contract/search';
import { route } from '@/lib/http/route';
import { countFacets } from '@/lib/services/search/facets';

export const GET = route({ who: 'viewer', input: FacetsRequest, output: FacetsAnswer, run: countFacets });

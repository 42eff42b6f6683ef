import { ClustersAnswer } from '@/lib/contract/cluster';
import { Nothing } from '@/lib/contract/nothing';
import { route } from '@/lib/http/route';
import { clusterStatuses } from '@/lib/services/clusters/statuses';

export const GET = route({ who: 'viewer', input: Nothing, output: ClustersAnswer, run: clusterStatuses });

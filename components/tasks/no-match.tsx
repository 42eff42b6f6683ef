'use client';

import { useQueries } from '@tanstack/react-query';
import { Icon } from '@/components/ui/icon';
import { countText } from '@/lib/client/format-time';
import type { ListState } from '@/lib/client/list-state';
import { taskQueries } from '@/lib/client/task-queries';
import type { ClusterStatus } from '@/lib/contract/cluster';
import type { TaskListAnswer } from '@/lib/contract/task';
import { isAway } from './cluster-facts';
import { withoutEach } from './filters';
import { StateLink } from './state-link';

const SHOWN = 2;
const TRIED = 5;

type Props = { answer: TaskListAnswer; state: ListState; clusters: readonly ClusterStatus[] };

/** A search that finds nothing: what is kept, whether all clusters answered, and what one change would bring. */
export function NoMatch({ answer, state, clusters }: Props) {
  const away = clusters.filter(isAway).map(({ id }) => id);
  const offers = useOffers(state.search);
  return (
    <div className="w-130 max-w-full">
      <h2 className="mb-1 text-16 font-semibold tracking-tight">No task matches</h2>
      <p className="mb-4 text-ink-2">
        {countText(answer.total)} {answer.total === 1 ? 'task is' : 'tasks are'} kept
        {answer.total_is_exact ? '' : ' and more'}.{' '}
        {away.length > 0 ? missing(away) : answered(clusters.filter(({ state }) => state !== 'not_signed_in').length)}
      </p>
      {offers.length > 0 && (
        <div className="overflow-hidden rounded-3 border border-line">
          <h3 className="flex h-9 items-center border-b border-line px-3 text-12 text-ink-3">One change away</h3>
          {offers.map(({ left, search, count }) => (
            <StateLink
              key={search}
              to={{ ...state, search, page: 1, cursor: '' }}
              className="flex min-h-8.5 items-center gap-2 border-b border-line-soft px-3 last:border-0 hover:bg-hover touch:min-h-10"
            >
              <span className="shrink-0">without</span>
              <s className="mono min-w-0 flex-1 truncate text-ink-3">{left}</s>
              <span className="shrink-0 text-ink-3">{count}</span>
            </StateLink>
          ))}
        </div>
      )}
      <p className="mt-4 flex items-start gap-2 text-12 leading-4.5 text-ink-3">
        <Icon name="info" size={14} className="mt-0.5" />
        <span>
          <span className="mono">=</span> is exact and case-sensitive. <span className="mono">~</span> finds parts of a
          word, with <span className="mono">*</span> for any text.
        </span>
      </p>
    </div>
  );
}

const answered = (clusters: number): string =>
  clusters > 1
    ? `All ${clusters} clusters answered, so nothing is missing here.`
    : 'The cluster answered, so nothing is missing here.';

const missing = (away: readonly string[]): string =>
  `${away.join(', ')} ${away.length === 1 ? 'does' : 'do'} not answer, so new tasks there may be missing.`;

/** The search without one of its parts, where that finds something: the ones that find the fewest first. */
function useOffers(search: string): { left: string; search: string; count: string }[] {
  const changes = withoutEach(search).slice(0, TRIED);
  const counts = useQueries({
    queries: changes.map((change) => ({ ...taskQueries.count(change.search), refetchInterval: false as const })),
  });
  return changes
    .map((change, at) => ({ ...change, found: counts[at]?.data }))
    .filter(({ found }) => (found?.subtotal ?? 0) > 0)
    .sort((a, b) => (a.found?.subtotal ?? 0) - (b.found?.subtotal ?? 0))
    .slice(0, SHOWN)
    .map(({ left, search, found }) => ({
      left,
      search,
      count: `${countText(found?.subtotal ?? 0)}${found?.subtotal_is_exact ? '' : '+'} ${found?.subtotal === 1 ? 'task' : 'tasks'}`,
    }));
}

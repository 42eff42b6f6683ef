import type { StreamState } from '@/lib/client/event-stream';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { isAway } from './cluster-facts';
import { LiveSign } from './live-sign';

type Props = { clusters: readonly ClusterStatus[]; stream: StreamState; paused: boolean; onPause: () => void };

/** The head of the page: what it is, how many clusters it knows the present of, and whether it moves. */
export function ListHead({ clusters, stream, paused, onPause }: Props) {
  const seen = clusters.filter(({ state }) => state !== 'not_signed_in');
  const away = seen.filter(isAway).length;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 px-3.5 md:h-(--head) md:px-5">
      <h1 className="text-16 font-semibold tracking-tight">Tasks</h1>
      {away > 0 && (
        <span className="ml-1 text-12 text-ink-3">
          {seen.length - away} of {seen.length} {seen.length === 1 ? 'cluster' : 'clusters'} live
        </span>
      )}
      <span className="flex-1" />
      <LiveSign stream={stream} paused={paused} onPause={onPause} />
    </header>
  );
}

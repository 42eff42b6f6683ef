'use client';

import dynamic from 'next/dynamic';
import { memo, useState } from 'react';
import { startedWithin } from '@/components/search/started';
import { IconButton } from '@/components/ui/button';
import { useTimeText, useZone } from '@/components/ui/clock';
import { clockTime, searchTime } from '@/lib/client/format-time';
import type { ListState } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import type { ClusterStatus } from '@/lib/contract/cluster';
import type { TaskListAnswer } from '@/lib/contract/task';
import { type Bar, ticksOf } from './bars';
import { Bars } from './bars-view';
import { useStrip } from './use-strip';

const Numbers = dynamic(() => import('./numbers-dialog').then((module) => module.NumbersDialog), { ssr: false });

type Props = { state: ListState; answer: TaskListAnswer; clusters: readonly ClusterStatus[] };

/** The search over time: what failed on the axis, the rest pale above. A stretch of it becomes part of the search. */
export const TimeStrip = memo(function TimeStrip({ state, answer, clusters }: Props) {
  const zone = useZone();
  const { go } = useListState();
  const { bars, span } = useStrip(state, answer);
  const [numbers, setNumbers] = useState(false);
  const first = useTimeText((now) => (bars[0] ? clockTime(bars[0].from, now, zone) : ''));
  const end = useTimeText((now) => (span.to >= now ? 'now' : clockTime(span.to, now, zone)));
  const within = ({ from, to }: Pick<Bar, 'from' | 'to'>): string =>
    startedWithin(state.search, [
      { op: '>=', value: searchTime(from, zone) },
      { op: '<', value: searchTime(to, zone) },
    ]);
  const select = (stretch: Pick<Bar, 'from' | 'to'>) => go({ ...state, search: within(stretch), page: 1, cursor: '' });
  return (
    <div className="group/strip relative shrink-0 [@media(height<520px)]:hidden">
      <Bars bars={bars} clusters={clusters} onSelect={select} />
      <div aria-hidden="true" className="relative h-4 text-11 leading-4 text-ink-3">
        <span className="absolute left-0">{first}</span>
        {ticksOf(bars, zone).map(({ at, text }) => (
          <span
            key={at}
            className={`absolute -translate-x-1/2 max-md:even:hidden ${at < 33 ? 'max-md:hidden' : ''}`}
            style={{ left: `${at}%` }}
          >
            {text}
          </span>
        ))}
        <span className="absolute right-0">{end}</span>
      </div>
      <IconButton
        icon="numbers"
        iconSize={14}
        label="Show as numbers"
        className="absolute -top-1 right-0 size-6 bg-bg opacity-0 group-hover/strip:opacity-100 focus-visible:opacity-100 touch:size-10 touch:opacity-60"
        onClick={() => setNumbers(true)}
      />
      {numbers && (
        <Numbers
          bars={bars}
          hrefOf={(bar) => ({ ...state, search: within(bar), page: 1, cursor: '' })}
          onClose={() => setNumbers(false)}
        />
      )}
    </div>
  );
});

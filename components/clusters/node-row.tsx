'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTimeText } from '@/components/ui/clock';
import { ageText, clockTime, countText, msOf } from '@/lib/client/format-time';
import { searchHref } from '@/lib/client/list-state';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { agoText } from './cluster-words';

type Gap = ClusterStatus['gaps'][number];
type Props = { node: ClusterStatus['nodes'][number]; cluster: string; gaps: readonly Gap[]; sign: ReactNode };

const CELL = 'h-8.5 border-b border-line px-2.5 group-last:border-b-0 md:px-3.5';

export function NodeRow({ node, cluster, gaps, sign }: Props) {
  const swept = useTimeText((now) => agoText(node.last_sweep, now));
  const next = useTimeText((now) =>
    node.next_try === null ? '' : `, next try in ${ageText(Math.max(0, (msOf(node.next_try) - now) / 1000))}`,
  );
  const known = node.state === 'online';
  return (
    <tr className="group">
      <td className={`${CELL} pr-0`}>{sign}</td>
      <th scope="row" className={`${CELL} font-medium`}>
        {node.node}
      </th>
      <td className={`${CELL} text-right`}>
        {node.running === null ? (
          '–'
        ) : node.running > 0 ? (
          <Link
            href={searchHref(`state = running and node = ${node.node} and cluster = ${cluster}`)}
            prefetch={false}
            className={`underlined ${known ? '' : 'text-unknown'}`}
          >
            {countText(node.running)}
            {known ? '' : '?'}
          </Link>
        ) : (
          <span className={known ? '' : 'text-unknown'}>0{known ? '' : '?'}</span>
        )}
      </td>
      <td className={`${CELL} text-right text-ink-2`}>{swept}</td>
      <td className={`${CELL} text-right text-ink-2`}>
        {node.lag === null || !known ? '–' : `${node.lag.toFixed(1)} s`}
      </td>
      <td className={`${CELL} text-right`}>{countText(node.logs_to_fetch)}</td>
      <td className={`${CELL} py-1.5 whitespace-normal md:pl-9`}>
        {node.error !== null && (
          <span className="mr-3 text-error">
            {node.error}
            <span className="text-ink-3">{next}</span>
          </span>
        )}
        {gaps.length === 0 && node.error === null ? (
          <span className="text-ink-3">none</span>
        ) : (
          gaps.map((gap) => <GapLink key={gap.from} gap={gap} cluster={cluster} />)
        )}
      </td>
    </tr>
  );
}

/** A time of which tasks may be missing; leads to what is known of it. */
function GapLink({ gap, cluster }: { gap: Gap; cluster: string }) {
  const text = useTimeText(
    (now, zone) => `${clockTime(msOf(gap.from), now, zone)} to ${clockTime(msOf(gap.to), now, zone)}`,
  );
  const search = `cluster = ${cluster} and node = ${gap.node} and started_at >= "${gap.from}" and started_at <= "${gap.to}"`;
  return (
    <span className="mr-3 inline-block">
      <Link href={searchHref(search)} prefetch={false} className="underlined text-warning">
        {text}
      </Link>{' '}
      <span className="text-ink-3">may miss tasks</span>
    </span>
  );
}

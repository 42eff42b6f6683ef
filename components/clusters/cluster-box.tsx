'use client';

import Link from 'next/link';
import { ClusterSign } from '@/components/shell/cluster-age';
import { nextTryText } from '@/components/tasks/notices';
import { buttonClass } from '@/components/ui/button';
import { useTimeText } from '@/components/ui/clock';
import { countText } from '@/lib/client/format-time';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { nodesText, stateWords } from './cluster-words';
import { Fact } from './fact';
import { NodeTable } from './node-table';

/** All that is known of how a cluster is read; never a secret. */
export function ClusterBox({ cluster }: { cluster: ClusterStatus }) {
  const state = useTimeText((now, zone) => stateWords(cluster, now, zone));
  const next = useTimeText((now) => nextTryText(cluster.next_try, now));
  const counts = cluster.nodes.flatMap((node) => node.running ?? []);
  const running = counts.reduce((sum, count) => sum + count, 0);
  const bad = cluster.state === 'away' || cluster.state === 'refused';
  return (
    <section
      id={cluster.id}
      aria-labelledby={`cluster-${cluster.id}`}
      className={`shrink-0 scroll-mt-4 overflow-hidden rounded-3 border bg-bg ${bad ? 'border-warning-fill/45' : 'border-line'}`}
    >
      <header className="flex min-h-11 flex-wrap items-center gap-x-2 px-3.5 py-1.5 not-last:border-b not-last:border-line">
        <ClusterSign cluster={cluster} size={16} />
        <h2 id={`cluster-${cluster.id}`} className="font-semibold">
          {cluster.name}
        </h2>
        {cluster.name !== cluster.id && <span className="mono text-[11.5px] text-ink-3">{cluster.id}</span>}
        <span className={bad ? 'text-warning' : 'text-ink-3'}>{state}</span>
        <span className="ml-auto flex items-center gap-2 text-12 text-ink-3">
          {bad && next}
          {cluster.state === 'ok' && `${nodesText(cluster.nodes)} ${cluster.nodes.length === 1 ? 'answers' : 'answer'}`}
          {cluster.state === 'not_signed_in' && (
            <Link
              href={`/sign-in?also=${encodeURIComponent(cluster.id)}`}
              prefetch={false}
              className={buttonClass('plain')}
            >
              Sign in there too
            </Link>
          )}
        </span>
      </header>
      {cluster.state !== 'not_signed_in' && (
        <>
          <dl className="grid grid-cols-2 gap-3 border-b border-line px-3.5 pt-2.5 pb-3 xl:grid-cols-4">
            {cluster.error !== null && (
              <Fact name="Why" wide>
                <span className="text-error">{cluster.error}</span>
              </Fact>
            )}
            <Fact name="Version">{cluster.version ? `Proxmox VE ${cluster.version}` : '–'}</Fact>
            <Fact name={bad ? 'Last seen running' : 'Running'}>
              {counts.length < cluster.nodes.length ? '–' : `${countText(running)} ${running === 1 ? 'task' : 'tasks'}`}
            </Fact>
            <Fact name="Logs to fetch">{countText(cluster.logs_to_fetch)}</Fact>
            <Fact name="Rights">
              {cluster.missing_rights.length === 0 ? (
                'the collector has all it needs'
              ) : (
                <span className="text-warning">the collector lacks {cluster.missing_rights.join(', ')}</span>
              )}
            </Fact>
            {bad && <Fact name="What you see">tasks as last known, marked; nothing is lost once it answers</Fact>}
          </dl>
          <NodeTable cluster={cluster} />
        </>
      )}
    </section>
  );
}

'use client';

import { useState } from 'react';
import { ResultIcon } from '@/components/tasks/result-icon';
import { Icon } from '@/components/ui/icon';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { NodeRow } from './node-row';

const SHOWN = 8;
const HEAD = 'px-2.5 py-1.5 md:px-3.5';

/** The nodes of a cluster, those with something to say first; many quiet ones are folded into a line. */
export function NodeTable({ cluster }: { cluster: ClusterStatus }) {
  const [all, setAll] = useState(false);
  const loud = (node: string) => cluster.gaps.some((gap) => gap.node === node);
  const nodes = [...cluster.nodes].sort(
    (a, b) =>
      Number(b.state !== 'online') - Number(a.state !== 'online') ||
      Number(loud(b.node)) - Number(loud(a.node)) ||
      a.node.localeCompare(b.node, 'en', { numeric: true }),
  );
  const quiet = nodes.slice(SHOWN).filter(({ node, state }) => state === 'online' && !loud(node)).length;
  const folded = !all && quiet > 1;
  const shown = folded ? nodes.slice(0, nodes.length - quiet) : nodes;
  if (nodes.length === 0) return <p className="px-3.5 py-2.5 text-ink-3">No node is known yet.</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-190 table-fixed border-collapse text-left whitespace-nowrap">
        <caption className="sr-only">Nodes of {cluster.name}</caption>
        <thead className="border-b border-line bg-rail text-11 text-ink-3 [&_th]:font-medium">
          <tr>
            <th scope="col" className="w-10 pl-3.5">
              <span className="sr-only">State</span>
            </th>
            <th scope="col" className={`${HEAD} w-56`}>
              Node
            </th>
            <th scope="col" className={`${HEAD} w-24 text-right`}>
              Running
            </th>
            <th scope="col" className={`${HEAD} w-28 text-right`}>
              Last sweep
            </th>
            <th scope="col" className={`${HEAD} w-24 text-right`}>
              Lag
            </th>
            <th scope="col" className={`${HEAD} w-32 text-right`}>
              Logs to fetch
            </th>
            <th scope="col" className={`${HEAD} md:pl-9`}>
              Gaps and errors
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((node) => (
            <NodeRow
              key={node.node}
              node={node}
              cluster={cluster.id}
              gaps={cluster.gaps.filter((gap) => gap.node === node.node)}
              sign={
                loud(node.node) && node.state === 'online' ? (
                  <ResultIcon state="stopped" result="warning" size={14} />
                ) : node.state === 'online' ? (
                  <Icon name="check" size={14} className="text-success" label="Answering" />
                ) : (
                  <ResultIcon state="unknown" result="pending" size={14} />
                )
              }
            />
          ))}
          {folded && (
            <tr>
              <td />
              <td colSpan={6} className="h-8.5 px-2.5 text-ink-3 md:px-3.5">
                {quiet} more nodes, all answering without gaps{' '}
                <button type="button" onClick={() => setAll(true)} className="underlined ml-2 text-ink-2">
                  Show
                </button>
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

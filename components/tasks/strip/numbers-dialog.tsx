'use client';

import { StateLink } from '@/components/tasks/state-link';
import { useZone } from '@/components/ui/clock';
import { Dialog } from '@/components/ui/dialog';
import { countText, hourMinute, shortDay } from '@/lib/client/format-time';
import type { ListState } from '@/lib/client/list-state';
import { type Bar, STACK } from './bars';

type Props = { bars: readonly Bar[]; hrefOf: (bar: Bar) => ListState; onClose: () => void };

/** The strip as a table, newest first; stretches in which nothing started are left out. */
export function NumbersDialog({ bars, hrefOf, onClose }: Props) {
  const zone = useZone();
  const rows = bars.filter(({ total }) => total > 0).reverse();
  const results = STACK.filter((result) => rows.some(({ counts }) => counts[result]));
  return (
    <Dialog title="Tasks by start" onClose={onClose} width={720} reading>
      {rows.length === 0 && <p className="px-5 py-4 text-ink-2">No task of this search started in this time.</p>}
      {rows.length > 0 && (
        <table className="w-full text-[12.5px]">
          <thead className="sticky top-0 bg-raised text-11 text-ink-3">
            <tr className="border-b border-line">
              <th scope="col" className="px-5 py-1.5 text-left font-medium">
                From
              </th>
              <th scope="col" className="px-2 text-right font-medium">
                All
              </th>
              {results.map((result) => (
                <th key={result} scope="col" className="px-2 text-right font-medium last:pr-5">
                  {result === 'pending' ? 'running' : result}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((bar) => (
              <tr key={bar.from} className="border-b border-line-soft">
                <th scope="row" className="px-5 py-1 text-left font-normal whitespace-nowrap">
                  <StateLink to={hrefOf(bar)} className="underlined">
                    {shortDay(bar.from, zone)} {hourMinute(bar.from, zone)}
                  </StateLink>
                </th>
                <td className="px-2 text-right font-medium">{countText(bar.total)}</td>
                {results.map((result) => (
                  <td key={result} className="px-2 text-right text-ink-2 last:pr-5">
                    {bar.counts[result] ? countText(bar.counts[result]) : ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}

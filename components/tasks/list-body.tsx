'use client';

import dynamic from 'next/dynamic';
import type { ComponentProps } from 'react';
import { Dialog } from '@/components/ui/dialog';
import type { ListState } from '@/lib/client/list-state';
import type { ClusterStatus } from '@/lib/contract/cluster';
import type { TaskListAnswer } from '@/lib/contract/task';
import { EmptyRows } from './empty-rows';
import { NoMatch } from './no-match';
import { NothingKept } from './nothing-kept';
import { TaskTable } from './task-table';

const ValuesPanel = dynamic(() => import('./values-panel').then((module) => module.ValuesPanel));

type Props = Omit<ComponentProps<typeof TaskTable>, 'answer'> & {
  answer: TaskListAnswer | undefined;
  /** The values are shown over the page, where there is no room beside the list. */
  sheet: boolean;
  onSheetClose: () => void;
};

/** The values beside the list, and the list itself or what stands in its place. */
export function ListBody({ answer, sheet, onSheetClose, ...table }: Props) {
  const { state, clusters, look } = table;
  return (
    <div className="flex min-h-0 flex-1">
      {look.look.values && (
        <aside
          aria-label="Values"
          className="no-print hidden w-54 shrink-0 overflow-y-auto border-t border-r border-line bg-rail xl:block"
        >
          <ValuesPanel state={state} />
        </aside>
      )}
      {sheet && (
        <Dialog title="Values" onClose={onSheetClose} width={420} sheet>
          <ValuesPanel state={state} />
        </Dialog>
      )}
      {!answer && <EmptyRows />}
      {answer && answer.results.length > 0 && <TaskTable answer={answer} {...table} />}
      {answer && answer.results.length === 0 && <Nothing answer={answer} state={state} clusters={clusters} />}
    </div>
  );
}

type NothingProps = { answer: TaskListAnswer; state: ListState; clusters: readonly ClusterStatus[] };

const Nothing = ({ answer, state, clusters }: NothingProps) => (
  <div className="grid min-h-0 flex-1 place-items-center content-start overflow-y-auto border-t border-line px-6 pt-[12vh] pb-6">
    {answer.total === 0 ? (
      <NothingKept clusters={clusters} />
    ) : (
      <NoMatch answer={answer} state={state} clusters={clusters} />
    )}
  </div>
);

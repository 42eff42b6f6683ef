'use client';

import { type CSSProperties, type RefObject, useMemo } from 'react';
import { useZone } from '@/components/ui/clock';
import { useExactTimes } from '@/components/ui/exact-times';
import { useStable } from '@/components/ui/use-stable';
import type { ListState } from '@/lib/client/list-state';
import { rowKey } from '@/lib/client/live-list';
import type { ClusterStatus } from '@/lib/contract/cluster';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';
import { lastSeenAt } from './cluster-facts';
import { tracksOf } from './columns';
import { DayHead } from './day-head';
import { type ListRow, listRows, stretches } from './list-rows';
import { TableHead } from './table-head';
import { TaskRow } from './task-row';
import type { Look } from './use-look';
import type { RowFocus } from './use-row-focus';
import { useRowWindow } from './use-row-window';
import type { Selection } from './use-selection';

type Props = {
  answer: TaskListAnswer;
  state: ListState;
  clusters: readonly ClusterStatus[];
  fresh: ReadonlySet<string>;
  scroller: RefObject<HTMLDivElement | null>;
  look: Look;
  focus: RowFocus;
  selection: Selection;
  onStop: (task: TaskAnswer) => void;
  onOrder: () => void;
};

const ROW_PX = { comfortable: 32, dense: 28 } as const;

/** The tasks of a page. The tab key reaches one row; `j`, `k` and the arrows move on from there. */
export function TaskTable(props: Props) {
  const { answer, state, clusters, fresh, scroller, focus, selection } = props;
  const { look, columns } = props.look;
  const zone = useZone();
  const { exact } = useExactTimes();
  const byStart = state.order.startsWith('started_at');
  const rows = useMemo(() => listRows(answer.results, byStart ? zone : null), [answer.results, byStart, zone]);
  const rowPx = ROW_PX[look.density];
  const { from, to, heightOf } = useRowWindow(rows, rowPx, scroller);
  const activeAt = useMemo(
    () => rows.findIndex((row) => row.kind === 'task' && rowKey(row.task) === focus.active),
    [rows, focus.active],
  );
  const before = state.cursor === '' ? (state.page - 1) * state.per_page : 0;
  const onSelect = useStable(selection.toggle);
  const onStop = useStable(props.onStop);
  const tracks = useMemo(() => tracksOf(columns, look.widths), [columns, look.widths]);

  const drawn = (row: ListRow, at: number) => {
    if (row.kind === 'day') return <DayHead key={row.ms} ms={row.ms} first={at === 0 && before === 0} />;
    const key = rowKey(row.task);
    return (
      <TaskRow
        key={key}
        task={row.task}
        rowKey={key}
        rowIndex={before + row.at + 2}
        columns={columns}
        first={row.at === 0}
        active={key === focus.active}
        selected={selection.has(key)}
        lastSeen={lastSeenAt(clusters, row.task)}
        fresh={fresh.has(key)}
        onFocus={focus.note}
        onSelect={onSelect}
        onStop={onStop}
      />
    );
  };

  return (
    <div
      ref={scroller}
      data-selecting={selection.count > 0 ? '' : undefined}
      style={{ ...tracks, '--row': `${rowPx}px` } as CSSProperties}
      className={`@container/list min-h-0 min-w-0 flex-1 overflow-auto overscroll-contain border-t border-line data-selecting:pb-16 ${exact ? '[--started:112px]' : ''}`}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells have keys, which makes a table a grid
        role="grid"
        aria-label="Tasks"
        aria-multiselectable="true"
        aria-rowcount={answer.subtotal_is_exact ? answer.subtotal + 1 : -1}
        className="block md:min-w-(--least-md) wide:min-w-(--least-xl)"
      >
        <TableHead state={state} look={props.look} selection={selection} onOrder={props.onOrder} />
        <tbody className="block">
          {stretches(rows.length, { from, to }, rows[0]?.kind === 'day' ? [0, activeAt] : [activeAt]).flatMap(
            (piece) =>
              piece.drawn
                ? rows.slice(piece.from, piece.to).map((row, at) => drawn(row, piece.from + at))
                : [
                    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a gap has nothing that takes the focus
                    <tr
                      key={`gap-${piece.from}`}
                      aria-hidden="true"
                      className="block"
                      style={{ height: heightOf(piece.from, piece.to) }}
                    />,
                  ],
          )}
        </tbody>
      </table>
    </div>
  );
}

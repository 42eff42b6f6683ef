'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { useZone } from '@/components/ui/clock';
import { useStable } from '@/components/ui/use-stable';
import { clusterQueries } from '@/lib/client/cluster-queries';
import type { ListLook } from '@/lib/client/list-look';
import { stateHref } from '@/lib/client/list-state';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskAnswer } from '@/lib/contract/task';
import { isAway } from './cluster-facts';
import { CountAnnouncer } from './count-announcer';
import { CountsLine } from './counts-line';
import { ListBody } from './list-body';
import { ListFoot } from './list-foot';
import { ListHead } from './list-head';
import { ListSearch } from './list-search';
import { LoadingBar } from './loading-bar';
import { AwayBanner, FailedBanner, SignedOutBanner } from './notices';
import { OrderField } from './order-field';
import { SelectionBar } from './selection-bar';
import { StillShowing } from './still-showing';
import type { ToStop } from './stop-many-dialog';
import { TimeStrip } from './strip/time-strip';
import { useKeptScroll } from './use-kept-scroll';
import { useListKeys } from './use-list-keys';
import { useLiveTasks } from './use-live-tasks';
import { useLook } from './use-look';
import { useRowFocus } from './use-row-focus';
import { useSelection } from './use-selection';
import { useTaskList } from './use-task-list';

const StopDialog = dynamic(() => import('@/components/task/stop-dialog').then((module) => module.StopDialog), {
  ssr: false,
});

const StopManyDialog = dynamic(() => import('./stop-many-dialog').then((module) => module.StopManyDialog), {
  ssr: false,
});

/** The tasks that the address asks for, as they are and as they happen. */
export function TaskList({ look: firstLook }: { look: ListLook }) {
  const zone = useZone();
  const { state, go } = useListState();
  const look = useLook(firstLook);
  const queries = useQueryClient();
  const { answer, shown, loading, problem, again } = useTaskList(state, zone);
  const live = useLiveTasks(shown, zone);
  const clusters = useQuery(clusterQueries.all()).data?.clusters ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const focus = useRowFocus(answer?.results ?? [], scroller);
  const selection = useSelection(answer, shown.search);
  const [stopping, setStopping] = useState<TaskAnswer | null>(null);
  const [stoppingMany, setStoppingMany] = useState<ToStop | null>(null);
  const [ordering, setOrdering] = useState(false);
  const [sheet, setSheet] = useState(false);
  useKeptScroll(scroller, stateHref(shown));
  const showNew = useStable(() => {
    live.showNew();
    void queries.invalidateQueries({ queryKey: ['search'] });
    scroller.current?.scrollTo({ top: 0 });
  });
  const showValues = () => {
    if (!window.matchMedia('(width >= 1280px)').matches) setSheet(true);
    else look.change({ ...look.look, values: !look.look.values });
  };
  const stopSelected = () => setStoppingMany(selection.all ? { search: shown.search } : { tasks: selection.tasks });
  useListKeys({
    ...{ answer, state: shown, focus, selection },
    onShowNew: showNew,
    onPause: live.pause,
    onStop: (task) => {
      if (selection.count > 0) stopSelected();
      else if (task?.state === 'running') setStopping(task);
    },
  });
  const refused = problem?.kind === 'refused' ? problem.error : null;
  return (
    <>
      <ListHead
        clusters={clusters}
        stream={live.stream}
        paused={live.paused}
        onPause={live.pause}
        look={look}
        onValues={showValues}
        onOrder={() => setOrdering(true)}
      />
      {clusters.filter(isAway).map((cluster) => (
        <AwayBanner key={cluster.id} cluster={cluster} />
      ))}
      {problem?.kind === 'failed' && <FailedBanner {...problem} onAgain={again} />}
      {problem?.kind === 'signed_out' && <SignedOutBanner back={stateHref(state)} />}
      <div className="relative flex shrink-0 flex-col gap-2 px-3.5 pb-1.5 md:px-5">
        <ListSearch state={state} answer={answer} refused={refused} />
        <LoadingBar loading={loading} />
        {answer && !refused && answer.total > 0 && (
          <>
            <TimeStrip state={shown} answer={answer} clusters={clusters} />
            <CountsLine state={shown} answer={answer} newCount={live.newCount} onShowNew={showNew} />
          </>
        )}
      </div>
      {refused && answer && <StillShowing search={shown.search} answer={answer} />}
      {ordering && (
        <OrderField
          order={shown.order}
          onOrder={(order) => go({ ...shown, order, page: 1, cursor: '' })}
          onClose={() => setOrdering(false)}
        />
      )}
      <ListBody
        {...{ answer, clusters, scroller, look, focus, selection, sheet }}
        state={shown}
        fresh={live.fresh}
        onStop={setStopping}
        onOrder={() => setOrdering(true)}
        onSheetClose={() => setSheet(false)}
      />
      {answer && <ListFoot answer={answer} state={shown} />}
      <CountAnnouncer answer={loading ? undefined : answer} />
      {answer && selection.count > 0 && <SelectionBar selection={selection} answer={answer} onStop={stopSelected} />}
      {stoppingMany && <StopManyDialog what={stoppingMany} onClose={() => setStoppingMany(null)} />}
      {stopping && <StopDialog task={stopping} onClose={() => setStopping(null)} />}
    </>
  );
}

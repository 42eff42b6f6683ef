'use client';

import { useCallback, useEffect, useState } from 'react';
import { rawLogHref } from '@/components/task/task-link';
import { useKeys } from '@/components/ui/keys';
import type { TaskDetail } from '@/lib/contract/task';
import { AwayRow } from './away-row';
import { chooseLine, type LineRange, lineHash, readLineHash } from './line-range';
import { LogNotice } from './log-notice';
import { LogSpeaker } from './log-speaker';
import { LogToolbar } from './log-toolbar';
import { LogView } from './log-view';
import type { useLog } from './use-log';
import { useWrap } from './use-wrap';

type Props = { task: TaskDetail; log: ReturnType<typeof useLog> };

/** The log of a task with its toolbar: lines, or the reason why there are none. */
export function LogPane({ task, log }: Props) {
  const { store, snapshot, live } = log;
  const running = task.ended_at === null;
  const [follow, setFollow] = useState(running);
  const [wrap, setWrap] = useWrap();
  const [chosen, setChosen] = useState<LineRange>();
  // How often an address was gone to: the view begins anew at the lines of each.
  const [hashesRead, setHashesRead] = useState(0);

  useEffect(() => {
    const read = () => {
      setChosen(readLineHash(window.location.hash));
      setHashesRead((times) => times + 1);
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    if (chosen) setFollow(false);
  }, [chosen]);

  const onChoose = useCallback((line: number, extend: boolean) => {
    setChosen((before) => {
      const range = chooseLine(before, line, extend);
      window.history.replaceState(window.history.state, '', lineHash(range));
      return range;
    });
  }, []);

  const download = () => window.location.assign(rawLogHref(task));
  useKeys([
    { key: 'w', name: 'Wrap lines', where: 'Log', run: () => setWrap(!wrap) },
    { key: 'd', name: 'Download', where: 'Log', run: download },
    ...(running ? [{ key: 'f', name: 'Follow', where: 'Log' as const, run: () => setFollow(!follow) }] : []),
  ]);

  const readable = snapshot.total > 0 && snapshot.missing === null;
  return (
    <section aria-label="Log" className="flex min-h-0 flex-1 flex-col border-t border-line">
      <LogToolbar
        lines={snapshot.total}
        running={running}
        state={live.state}
        follow={follow}
        onFollow={setFollow}
        wrap={wrap}
        onWrap={setWrap}
        store={store}
        chosen={chosen}
        downloadHref={rawLogHref(task)}
      />
      {readable && hashesRead > 0 ? (
        <LogView
          key={hashesRead}
          store={store}
          snapshot={snapshot}
          wrap={wrap}
          follow={follow}
          onFollow={setFollow}
          running={running}
          openAt={openingOf(task)}
          chosen={chosen}
          onChoose={onChoose}
        />
      ) : (
        <LogNotice snapshot={snapshot} ended={!running} onRetry={() => void store.load(0)} />
      )}
      {readable && snapshot.failed !== null && <AwayRow text={snapshot.failed} onRetry={() => void store.finish()} />}
      {live.away && running && <AwayRow away={live.away} />}
      <LogSpeaker task={task} lines={snapshot.total} follow={follow} />
    </section>
  );
}

/** A running log opens at its end, a failed one at the reason. */
function openingOf({ ended_at, result, cause }: TaskDetail): 'top' | 'end' | number {
  if (ended_at === null) return 'end';
  return cause?.lines[0] ?? (result === 'error' ? 'end' : 'top');
}

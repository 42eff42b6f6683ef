'use client';

import { Button, buttonClass, IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { copyText, toast } from '@/components/ui/toast';
import type { StreamState } from '@/lib/client/event-stream';
import { countText } from '@/lib/client/format-time';
import type { LogStore } from '@/lib/client/log-store';
import type { LineRange } from './line-range';
import { loadedText } from './loaded-text';

type Props = {
  lines: number;
  running: boolean;
  state: StreamState;
  follow: boolean;
  onFollow(follow: boolean): void;
  wrap: boolean;
  onWrap(wrap: boolean): void;
  store: LogStore;
  chosen: LineRange | undefined;
  downloadHref: string;
};

/** More lines than this are for the download, not for the clipboard. */
const MOST_COPIED = 20_000;

export function LogToolbar({
  lines,
  running,
  state,
  follow,
  onFollow,
  wrap,
  onWrap,
  store,
  chosen,
  downloadHref,
}: Props) {
  const copy = async () => {
    const range = chosen ?? { from: 1, to: lines };
    if (range.to - range.from >= MOST_COPIED) return toast('That is too much to copy. Download the log instead.', true);
    await copyText(await loadedText(store, range), chosen ? 'Lines' : 'Log');
  };
  return (
    <div className="flex h-[38px] shrink-0 items-center gap-1 border-b border-line pr-3 pl-5 max-md:pl-3.5">
      <h2 className="font-medium">Log</h2>
      <span className="text-ink-3">{countText(lines)}</span>
      {running && <LiveWord state={state} />}
      <div className="ml-auto flex items-center gap-1">
        {running && (
          <Button look={follow ? 'on' : 'quiet'} icon="follow" aria-pressed={follow} onClick={() => onFollow(!follow)}>
            Follow <kbd className="max-md:hidden">f</kbd>
          </Button>
        )}
        <Button look={wrap ? 'on' : 'quiet'} icon="wrap" aria-pressed={wrap} onClick={() => onWrap(!wrap)}>
          Wrap
        </Button>
        <IconButton icon="copy" label={chosen ? 'Copy the chosen lines' : 'Copy the log'} onClick={() => void copy()} />
        <a
          className={`${buttonClass('quiet')} w-(--ctl) px-0`}
          href={downloadHref}
          download
          aria-label="Download the log"
          title="Download the log"
        >
          <Icon name="download" />
        </a>
      </div>
    </div>
  );
}

const WORDS: Record<StreamState, string> = {
  connecting: 'connecting',
  live: 'live',
  waiting: 'connecting again',
  polling: 'read every 2 s',
  asleep: 'paused while hidden',
  closed: '',
};

function LiveWord({ state }: { state: StreamState }) {
  return (
    <span className="ml-3 inline-flex items-center gap-1.5 text-12 text-ink-3">
      <i className={`size-1.5 rounded-full ${state === 'live' ? 'bg-success-fill' : 'bg-cancelled-fill'}`} />
      {WORDS[state]}
    </span>
  );
}

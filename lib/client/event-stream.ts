/** What a stream is doing; `polling` says that it could not be opened and that the poll stands in for it. */
export type StreamState = 'connecting' | 'live' | 'waiting' | 'polling' | 'asleep' | 'closed';

type Handlers<Events> = { [Name in keyof Events]?: (data: Events[Name], id: string) => void };

export type StreamOptions<Events> = {
  /** The address to open, with the base path; `lastId` is the id of the last event that came, so that a log goes on there. */
  address: (lastId: string | null) => string;
  on: Handlers<Events>;
  onState?: (state: StreamState) => void;
  /** Opened anew after a break in which events may have been lost that `address` cannot ask for. */
  onGap?: () => void;
  /** Stands in while the stream cannot be opened, as behind a proxy that holds back events. Asked every `pollMs`. */
  poll?: () => void;
  pollMs?: number;
  /** Close when the page was hidden for so long, open again when it is shown; `null` keeps it open. */
  sleepAfterMs?: number | null;
  /** No event for so long means that the connection is dead although the browser thinks otherwise. */
  silenceMs?: number | null;
  Source?: typeof EventSource;
};

const FAILURES_BEFORE_POLLING = 3;
const waitMs = (failures: number): number => Math.min(1_000 * 2 ** failures, 30_000);

/**
 * Keeps one server-sent stream open. The browser itself resumes after a short break (it sends `Last-Event-ID`); what it
 * gives up on, an error answer or a dead connection, is opened again here with a growing pause. Returns how to close it.
 */
export function openStream<Events>(options: StreamOptions<Events>): () => void {
  const { pollMs = 10_000, sleepAfterMs = 60_000, silenceMs = null, Source = EventSource } = options;
  let source: EventSource | null = null;
  let lastId: string | null = null;
  let failures = 0;
  let opened = false; // ever, so that the first opening is no gap
  let state: StreamState | null = null;
  const timers: Partial<Record<'retry' | 'poll' | 'sleep' | 'silence', ReturnType<typeof setTimeout>>> = {};

  const tell = (next: StreamState): void => {
    if (next === state) return;
    state = next;
    options.onState?.(next);
  };
  const stop = (name: keyof typeof timers): void => {
    clearTimeout(timers[name]);
    delete timers[name];
  };
  const drop = (): void => {
    source?.close();
    source = null;
    stop('silence');
  };
  const heard = (): void => {
    stop('silence');
    if (silenceMs !== null) timers.silence = setTimeout(retry, silenceMs);
  };

  function open(): void {
    drop();
    stop('retry');
    if (state !== 'polling') tell('connecting');
    const fresh = new Source(options.address(lastId));
    source = fresh;
    const again = opened;
    fresh.onopen = () => {
      failures = 0;
      stop('poll');
      heard();
      tell('live');
      // Only an opening of ours can have lost something: the browser's own sends the last id along.
      if (again && fresh === source) options.onGap?.();
      opened = true;
      fresh.onopen = () => {
        heard();
        tell('live');
      };
    };
    fresh.onerror = () => {
      if (fresh !== source) return;
      if (fresh.readyState === Source.CLOSED) retry();
      else tell('connecting');
    };
    for (const name of Object.keys(options.on) as (keyof Events & string)[]) {
      fresh.addEventListener(name, (event: MessageEvent<string>) => {
        if (fresh !== source) return;
        if (event.lastEventId !== '') lastId = event.lastEventId;
        heard();
        options.on[name]?.(JSON.parse(event.data), event.lastEventId);
      });
    }
  }

  function retry(): void {
    drop();
    failures += 1;
    const polls = options.poll !== undefined && failures >= FAILURES_BEFORE_POLLING;
    tell(polls ? 'polling' : 'waiting');
    if (polls && timers.poll === undefined) poll();
    timers.retry = setTimeout(open, waitMs(failures - 1));
  }

  function poll(): void {
    options.poll?.();
    timers.poll = setTimeout(poll, pollMs);
  }

  function onVisibility(): void {
    stop('sleep');
    if (document.visibilityState === 'hidden') {
      if (sleepAfterMs !== null) timers.sleep = setTimeout(sleep, sleepAfterMs);
    } else if (state === 'asleep') {
      open();
    }
  }

  function sleep(): void {
    drop();
    stop('retry');
    stop('poll');
    tell('asleep');
  }

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    stop('sleep');
    sleep();
    tell('closed');
  };
}

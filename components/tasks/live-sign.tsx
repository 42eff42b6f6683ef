import { IconButton } from '@/components/ui/button';
import type { StreamState } from '@/lib/client/event-stream';

const WORDS = {
  connecting: { word: 'Connecting', dot: 'bg-cancelled-fill', why: 'The live stream is being opened' },
  live: { word: 'Live', dot: 'bg-success-fill', why: 'Changes appear as they happen' },
  waiting: { word: 'Reconnecting', dot: 'bg-warning-fill', why: 'The live stream broke off and will be opened again' },
  polling: {
    word: 'Every 10 s',
    dot: 'bg-warning-fill',
    why: 'The live stream cannot be opened, so the list is asked for again and again',
  },
  asleep: { word: 'Asleep', dot: 'bg-cancelled-fill', why: 'This page was hidden for a while' },
  closed: { word: 'Off', dot: 'bg-cancelled-fill', why: 'The live stream is closed' },
} satisfies Record<StreamState, { word: string; dot: string; why: string }>;

/** Whether the list moves by itself, and the switch that holds it. */
export function LiveSign({ stream, paused, onPause }: { stream: StreamState; paused: boolean; onPause: () => void }) {
  const { word, dot, why } = paused
    ? { word: 'Paused', dot: 'bg-cancelled-fill', why: 'Changes are held back until you go on' }
    : WORDS[stream];
  return (
    <>
      <span className="mr-1.5 flex items-center gap-1.5 text-12 text-ink-3" title={why}>
        <span className={`size-1.75 rounded-full ${dot}`} />
        {word}
      </span>
      <IconButton
        icon={paused ? 'play' : 'pause'}
        label={paused ? 'Go on with live updates (p)' : 'Pause live updates (p)'}
        aria-pressed={paused}
        onClick={onPause}
      />
    </>
  );
}

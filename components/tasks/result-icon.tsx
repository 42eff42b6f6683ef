import type { ReactNode } from 'react';
import type { TaskResult, TaskState } from '@/lib/domain/task-result';

type Shape = { word: string; tone: string; drawing: ReactNode };

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
const ring = <circle cx="8" cy="8" r="6" />;

/** A shape for each result, so that colour is never alone; filled ones are for what needs attention. */
const RESULT = {
  success: { word: 'Success', tone: 'text-success', drawing: <path {...line} d="M3.5 8.5l3 3 6-7" /> },
  warning: {
    word: 'Warning',
    tone: 'text-warning-fill',
    drawing: (
      <>
        <path
          fill="currentColor"
          d="M8 1.6c.5 0 .9.25 1.15.68l5.7 10c.5.88-.13 1.97-1.15 1.97H2.3c-1.02 0-1.65-1.09-1.15-1.97l5.7-10C7.1 1.85 7.5 1.6 8 1.6z"
        />
        <path stroke="var(--bg)" strokeWidth="1.6" strokeLinecap="round" d="M8 6v3.4M8 11.7v.05" />
      </>
    ),
  },
  error: {
    word: 'Error',
    tone: 'text-error-fill',
    drawing: (
      <>
        <path fill="currentColor" d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" />
        <path stroke="var(--bg)" strokeWidth="1.7" strokeLinecap="round" d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" />
      </>
    ),
  },
  partial: {
    word: 'Partial',
    tone: 'text-partial-fill',
    drawing: (
      <>
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path fill="currentColor" d="M8 1.8a6.2 6.2 0 010 12.4z" />
      </>
    ),
  },
  cancelled: {
    word: 'Cancelled',
    tone: 'text-cancelled',
    drawing: (
      <g {...line}>
        {ring}
        <path d="M4 12l8-8" />
      </g>
    ),
  },
  unknown: {
    word: 'Unknown',
    tone: 'text-unknown',
    drawing: (
      <>
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.4 1.9" />
        <path {...line} d="M6.4 6.4c.1-1 .8-1.5 1.6-1.5.9 0 1.6.6 1.6 1.4 0 1.2-1.6 1.2-1.6 2.4M8 11.1v.05" />
      </>
    ),
  },
  pending: {
    word: 'Running',
    tone: 'text-running',
    drawing: (
      <g fill="none" stroke="currentColor" strokeWidth="2">
        <circle cx="8" cy="8" r="6" opacity=".28" />
        <path className="turning" strokeLinecap="round" d="M8 2a6 6 0 015.7 7.8" />
      </g>
    ),
  },
} satisfies Record<TaskResult, Shape>;

/** States that have no result and are not running. */
const WAITING = {
  pending: {
    word: 'Waiting',
    tone: 'text-ink-3',
    drawing: <circle {...line} cx="8" cy="8" r="6" strokeDasharray="1.2 2.57" />,
  },
  scheduled: {
    word: 'Scheduled',
    tone: 'text-ink-3',
    drawing: (
      <g {...line}>
        {ring}
        <path d="M8 4.8V8l2.2 1.6" />
      </g>
    ),
  },
  paused: {
    word: 'Held',
    tone: 'text-ink-3',
    drawing: (
      <g {...line}>
        {ring}
        <path d="M6.4 6v4M9.6 6v4" />
      </g>
    ),
  },
} satisfies Partial<Record<TaskState, Shape>>;

/** What to draw and say for a task: its state decides while there is no result. */
export function shapeOf(state: TaskState, result: TaskResult): Shape {
  switch (state) {
    case 'pending':
    case 'scheduled':
    case 'paused':
      return WAITING[state];
    case 'unknown':
      return RESULT.unknown;
    case 'running':
    case 'stopped':
      return RESULT[result];
  }
}

type Props = { state: TaskState; result: TaskResult; size?: 14 | 16 | 20; hidden?: boolean };

/** The result as a shape. `hidden` where its word stands beside it. */
export function ResultIcon({ state, result, size = 16, hidden = false }: Props) {
  const shape = shapeOf(state, result);
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={`block shrink-0 ${shape.tone}`}
      role={hidden ? undefined : 'img'}
      aria-label={hidden ? undefined : shape.word}
      aria-hidden={hidden}
    >
      {shape.drawing}
    </svg>
  );
}

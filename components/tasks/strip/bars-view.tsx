'use client';

import { type KeyboardEvent, memo, type PointerEvent, useState } from 'react';
import { isAway } from '@/components/tasks/cluster-facts';
import { useTimeText, useZone } from '@/components/ui/clock';
import { clockTime, msOf } from '@/lib/client/format-time';
import type { ClusterStatus } from '@/lib/contract/cluster';
import { type Bar, barText, STACK, together } from './bars';

type Props = {
  bars: readonly Bar[];
  clusters: readonly ClusterStatus[];
  onSelect: (stretch: { from: number; to: number }) => void;
};

/** Between which bars one is choosing; `to` moves. */
type Choice = { from: number; to: number };

/** The bars, one thing to the keyboard: arrows go from bar to bar, with Shift they choose several, Enter takes them. */
export function Bars({ bars, clusters, onSelect }: Props) {
  const zone = useZone();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [dragging, setDragging] = useState(false);
  const [hover, setHover] = useState<number | null>(null);
  const last = bars.length - 1;
  const low = choice ? Math.min(choice.from, choice.to) : last;
  const high = Math.min(choice ? Math.max(choice.from, choice.to) : last, last);
  const shown = choice ? together(bars.slice(low, high + 1)) : hover === null ? undefined : bars[hover];
  const told = useTimeText((now) => {
    const bar = shown ?? bars[last];
    return bar
      ? `${clockTime(bar.from, now, zone)} to ${clockTime(bar.to, now, zone)}: ${barText(bar)}`
      : 'No time yet';
  });

  const take = () => {
    const stretch = together(bars.slice(low, high + 1));
    setChoice(null);
    if (stretch) onSelect(stretch);
  };
  const barAt = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = width > 0 ? (event.clientX - left) / width : 0;
    return Math.max(0, Math.min(Math.floor(share * bars.length), last));
  };
  const onKey = (event: KeyboardEvent) => {
    const at = choice?.to ?? last;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      const next = Math.max(0, Math.min(choice ? to : at, last));
      setChoice({ from: event.shiftKey && choice ? choice.from : next, to: next });
    } else if (event.key === 'Enter' && choice) take();
    else if (event.key === 'Escape' && choice) setChoice(null);
    else return;
    event.preventDefault();
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Tasks by start"
      aria-valuemin={0}
      aria-valuemax={Math.max(last, 0)}
      aria-valuenow={Math.max(choice?.to ?? last, 0)}
      aria-valuetext={told}
      onKeyDown={onKey}
      onBlur={() => setChoice(null)}
      onPointerDown={(event) => {
        if (event.button !== 0 || bars.length === 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        setChoice({ from: barAt(event), to: barAt(event) });
      }}
      onPointerMove={(event) => {
        if (dragging && choice) setChoice({ ...choice, to: barAt(event) });
        else if (event.pointerType === 'mouse') setHover(barAt(event));
      }}
      onPointerUp={() => {
        if (dragging && choice) take();
        setDragging(false);
      }}
      onPointerCancel={() => {
        setDragging(false);
        setChoice(null);
      }}
      onPointerLeave={() => setHover(null)}
      className="relative flex h-11.5 cursor-crosshair touch-pan-y items-end gap-px border-b border-line"
    >
      <Unknown bars={bars} clusters={clusters} />
      <Stacks bars={bars} />
      {shown && <Tip told={told} place={((choice ? (low + high + 1) / 2 : (hover ?? 0) + 0.5) / bars.length) * 100} />}
      {choice && (
        <span
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/15"
          style={{ left: `${(low / bars.length) * 100}%`, width: `${((high - low + 1) / bars.length) * 100}%` }}
        />
      )}
    </div>
  );
}

const FILL = {
  error: 'bg-error-fill',
  partial: 'bg-partial-fill',
  unknown: 'bg-unknown-fill',
  warning: 'bg-warning-fill',
  cancelled: 'bg-cancelled-fill',
  pending: 'bg-running-fill',
  success: 'bg-success-fill opacity-40',
} satisfies Record<(typeof STACK)[number], string>;

/** What is no success can be seen however small its share is. */
const LEAST_PX = 3;

const Stacks = memo(function Stacks({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ total }) => total));
  return bars.map(({ from, counts }) => (
    <span key={from} className="flex h-full min-w-0 flex-1 flex-col-reverse">
      {STACK.map((result) => {
        const count = counts[result] ?? 0;
        if (count === 0) return null;
        const least = result === 'success' ? 1 : LEAST_PX;
        return (
          <i key={result} className={FILL[result]} style={{ height: `${(count / most) * 100}%`, minHeight: least }} />
        );
      })}
    </span>
  ));
});

/** Hatched where something may be missing: a cluster does not answer, or a node dropped tasks before they were read. */
function Unknown({ bars, clusters }: Pick<Props, 'bars' | 'clusters'>) {
  const from = bars[0]?.from ?? 0;
  const to = bars.at(-1)?.to ?? 0;
  const stretches = clusters.flatMap((cluster) => [
    ...cluster.gaps.map((gap) => ({ name: gap.node, from: msOf(gap.from), to: msOf(gap.to) })),
    ...(isAway(cluster) && cluster.since !== null ? [{ name: cluster.id, from: msOf(cluster.since), to }] : []),
  ]);
  return stretches
    .map((one) => ({ ...one, from: Math.max(one.from, from), to: Math.min(one.to, to) }))
    .filter((one) => one.to > one.from)
    .map((one) => (
      <span
        key={`${one.name} ${one.from}`}
        className="hatched pointer-events-none absolute inset-y-0"
        style={{
          left: `${((one.from - from) / (to - from)) * 100}%`,
          width: `${((one.to - one.from) / (to - from)) * 100}%`,
        }}
      />
    ));
}

const Tip = ({ told, place }: { told: string; place: number }) => (
  <span
    role="tooltip"
    style={{ left: `clamp(0px, calc(${place}% - 120px), calc(100% - 240px))` }}
    className="pointer-events-none absolute top-full z-20 mt-1 w-60 rounded-2 bg-ink px-2.5 py-1.5 text-center text-12 leading-4.5 text-bg"
  >
    {told}
  </span>
);

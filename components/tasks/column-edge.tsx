import { type PointerEvent, useRef } from 'react';

type Props = {
  /** The width one drags to, in pixels; null gives the column its share again. */
  onSize: (width: number | null) => void;
};

/** The right edge of a column: a drag sizes it, two clicks undo that. The head's keys do the same without a pointer. */
export function ColumnEdge({ onSize }: Props) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const end = () => {
    start.current = null;
  };
  return (
    <span
      aria-hidden="true"
      // The head is dragged to another place by everything but its edge.
      draggable={true}
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event: PointerEvent<HTMLElement>) => {
        const head = event.currentTarget.parentElement;
        if (!head || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: head.getBoundingClientRect().width };
      }}
      onPointerMove={(event) => {
        if (start.current) onSize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onSize(null)}
      className="absolute -inset-y-1.5 -right-3 z-1 w-3 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-1.5 after:w-px hover:after:bg-line-strong active:after:bg-accent"
    />
  );
}

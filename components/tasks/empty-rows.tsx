const LINES = Array.from({ length: 20 }, (_, at) => `line-${at}`);

/** The table before its first answer: its lines, so that nothing jumps when the rows come. */
export function EmptyRows() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden border-t border-line" aria-hidden="true">
      <div className="hidden h-7 border-b border-line-soft bg-rail md:block" />
      {LINES.map((line) => (
        <div key={line} className="h-14 border-b border-line-soft md:h-(--row)" />
      ))}
    </div>
  );
}

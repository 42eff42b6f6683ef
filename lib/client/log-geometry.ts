/** Height of one row of the log, design section 2. */
export const ROW_PX = 20;
/** Lines are loaded and measured in pages of this many. */
export const PAGE_LINES = 500;
/** Browsers stop growing an element at some 33 million px, silently; the scrolled element stays far below. */
const SPACER_LIMIT_PX = 8_000_000;

/** Where each line of a log stands, in px from its top; lines are numbered from 1. */
export type LogGeometry = {
  total: number;
  /** Of all lines together. */
  height: number;
  topOf(line: number): number;
  /** The line at this many px from the top; the first or last one beyond the ends, 0 of an empty log. */
  lineAt(px: number): number;
};

/**
 * Lays out `total` lines. Without `rowsOfPage` each takes one row; with it (wrapped lines) a loaded page gives the rows of
 * each of its lines, and a page not loaded counts one row a line until it is.
 */
export function logGeometry(total: number, rowsOfPage?: (page: number) => readonly number[] | undefined): LogGeometry {
  if (!rowsOfPage) {
    return {
      total,
      height: total * ROW_PX,
      topOf: (line) => (line - 1) * ROW_PX,
      lineAt: (px) => clampLine(Math.floor(px / ROW_PX) + 1, total),
    };
  }
  const pages = Math.ceil(total / PAGE_LINES);
  const tops = new Float64Array(pages + 1);
  const rows: (readonly number[] | undefined)[] = [];
  for (let page = 0; page < pages; page++) {
    const lines = Math.min(PAGE_LINES, total - page * PAGE_LINES);
    const known = rowsOfPage(page);
    rows.push(known);
    let height = 0;
    for (let i = 0; i < lines; i++) height += known?.[i] ?? 1;
    tops[page + 1] = at(tops, page) + height * ROW_PX;
  }
  return {
    total,
    height: at(tops, pages),
    topOf(line) {
      const page = Math.floor((line - 1) / PAGE_LINES);
      let top = at(tops, page);
      for (let i = 0; i < (line - 1) % PAGE_LINES; i++) top += (rows[page]?.[i] ?? 1) * ROW_PX;
      return top;
    },
    lineAt(px) {
      if (total === 0) return 0;
      let page = Math.min(Math.max(lastNotAbove(tops, px), 0), pages - 1);
      while (page > 0 && at(tops, page) > px) page--;
      let top = at(tops, page);
      let line = page * PAGE_LINES + 1;
      const last = Math.min(line + PAGE_LINES - 1, total);
      for (let i = 0; line < last; i++, line++) {
        top += (rows[page]?.[i] ?? 1) * ROW_PX;
        if (top > px) break;
      }
      return line;
    },
  };
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

const clampLine = (line: number, total: number): number => (total === 0 ? 0 : Math.min(Math.max(line, 1), total));

/** Binary search: the last index whose value is not above `px`. */
function lastNotAbove(values: Float64Array, px: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (at(values, middle) <= px) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Rows that a line takes when it is broken at exactly `columns` characters. The log is set in one fixed width and breaks
 * anywhere, so this is arithmetic; a wide character (two columns) or a tab makes it an estimate that is one row off.
 */
export const rowsOfLine = (shown: string, columns: number): number =>
  Math.max(1, Math.ceil(shown.length / Math.max(columns, 1)));

/** The height the scrolled element really gets, and how many px of log each of its px stands for. */
export function spacerOf(height: number, viewport: number): { height: number; ratio: number } {
  if (height <= SPACER_LIMIT_PX) return { height, ratio: 1 };
  return { height: SPACER_LIMIT_PX, ratio: (height - viewport) / (SPACER_LIMIT_PX - viewport) };
}

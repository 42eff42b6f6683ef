import { finalStatus } from './final-line';
import type { LogLine } from './line';
import { severityOf } from './severity';
import { shownText } from './shown-text';

/** The first thing that went wrong: its line word for word, the lines it stands on, and the guest it happened to. */
export type Cause = { text: string; from: number; to: number; guest: string | null };

/** Errors that follow each other belong together, up to so many lines. */
const MOST_LINES = 5;

const GUEST_BEGINS = /^INFO: Starting Backup of (VM|CT) (\d+)/;
// The level word and the node's time say nothing about the reason.
const LEAD = /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:ERROR: |error: )?/;

/**
 * Reads a log from its first line on, page by page, for the first error in it (the words of api-contract 10). The final
 * line is none: it repeats the exit status. Give it lines in order until it answers or the log is over.
 */
export function causeReader(): (lines: readonly LogLine[]) => Cause | undefined {
  let guest: string | null = null;
  return (lines) => {
    for (const [at, { n, t }] of lines.entries()) {
      const text = shownText(t);
      const begins = GUEST_BEGINS.exec(text);
      if (begins) guest = `${begins[1]} ${begins[2]}`;
      if (!isError(text)) continue;
      const after = lines.slice(at + 1, at + MOST_LINES).findIndex((line) => !isError(shownText(line.t)));
      const more = after < 0 ? Math.min(lines.length - at - 1, MOST_LINES - 1) : after;
      return { text: text.replace(LEAD, ''), from: n, to: n + more, guest };
    }
    return undefined;
  };
}

const isError = (text: string): boolean => severityOf(text) === 'error' && finalStatus(text) === undefined;

import type { LogLine } from './line';
import { readBackup } from './progress-backup';
import { readCopy } from './progress-copy';
import { readRestore } from './progress-restore';
import { shownText } from './shown-text';

/**
 * Takes a task's lines one by one, as shown, with their numbers; gives back the share of the work done, undefined when
 * that is not known.
 */
export type ReadLine = (text: string, n: number) => number | undefined;

// A worker that is at its last step has not ended yet.
const MOST = 0.99;

/**
 * Follows how far a running task is, api-contract 10. The reader is given lines in order, the last one of a call perhaps
 * again and longer in the next, and answers with the share done, 0 to 0.99. Never less than before, and undefined as
 * long as the log does not say: a percentage is never made up. `id` is the worker id.
 */
export function progressReader(label: string, id: string): (lines: readonly LogLine[]) => number | undefined {
  const read = readerOf(label, id);
  let furthest: number | undefined;
  return (lines) => {
    for (const { n, t } of lines) {
      const share = read(shownText(t), n);
      if (share !== undefined && Number.isFinite(share)) furthest = Math.min(Math.max(share, furthest ?? 0, 0), MOST);
    }
    return furthest;
  };
}

function readerOf(label: string, id: string): ReadLine {
  switch (label) {
    case 'vzdump':
      return readBackup(id);
    case 'qmigrate':
    case 'vzmigrate':
    case 'qmclone':
    case 'vzclone':
    case 'qmmove':
    case 'move_volume':
    case 'qmcreate':
      return readCopy();
    case 'qmrestore':
    case 'vzrestore':
      return readRestore();
    default:
      return readPercent;
  }
}

/** Any line with a percentage in it: what a download, and a task nobody knows, tells. */
function readPercent(text: string): number | undefined {
  const percent = Number(/(?<![\d.])\d{1,3}(?:\.\d+)?(?=\s?%)/.exec(text)?.[0] ?? Number.NaN);
  return percent <= 100 ? percent / 100 : undefined;
}

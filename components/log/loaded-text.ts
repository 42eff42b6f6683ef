import { PAGE_LINES } from '@/lib/client/log-geometry';
import type { LogStore } from '@/lib/client/log-store';
import { shownText } from '@/lib/domain/log/shown-text';
import type { LineRange } from './line-range';

/** The text of a range of lines as it is shown, loading what is not there yet: a selection in the page ends where drawing ends. */
export async function loadedText(store: LogStore, { from, to }: LineRange): Promise<string> {
  const lines: string[] = [];
  for (let n = from; n <= to; n++) {
    if (store.line(n) === undefined) await store.load(Math.floor((n - 1) / PAGE_LINES));
    lines.push(shownText(store.line(n) ?? ''));
  }
  return lines.join('\n');
}

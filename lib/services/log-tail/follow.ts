import { hasCode, isAppError } from '@/lib/domain/errors';
import type { LogLine } from '@/lib/domain/log/line';
import type { Wait } from '@/lib/services/collector/alarm';

/**
 * A window of a log as it is now. `running` must have been true or false before the lines were read, so that nothing can
 * be written after the last window of an ended task. `tookMs`: how long the node needed.
 */
export type ReadLog = (
  skip: number,
  limit: number,
  signal: AbortSignal,
) => Promise<{ lines: readonly LogLine[]; total: number; running: boolean; tookMs: number }>;

export type Followed =
  /** Where it begins: `after` lines are not read. */
  | { kind: 'begin'; after: number }
  /** New lines in order; the first may be one that came before and has grown. None: the node answers again. */
  | { kind: 'lines'; lines: readonly LogLine[]; total: number }
  /** The node does not answer; the log goes on when it does. `since` in milliseconds. */
  | { kind: 'away'; since: number };

/** Lines asked for at once: never everything, a log of unknown size may have millions. */
const PAGE_LINES = 5_000;

const BEST_MS = 1_000;
// Slower when quiet, but a line is still seen within a second and a half of being readable.
const QUIET_MS = 1_400;
const PATIENT_ROUNDS = 10;
// Each call reads the whole file on the node.
const PACE = 20;
const AWAY_MS = 2_000;
const AWAY_LONGEST_MS = 15_000;

/**
 * Yields the lines after `after`, or the last page of what is there now and what comes, until the worker has ended and all
 * is read. The last line is asked for again each time, because it may be half written. While the node does not answer it
 * says so once and tries on.
 */
export async function* followLog(
  read: ReadLog,
  after: number | 'last page',
  signal: AbortSignal,
  clock: { wait: Wait; now(): number },
): AsyncGenerator<Followed> {
  let last: LogLine | undefined;
  let quiet = 0;
  let failures = 0;
  for (;;) {
    let page: Awaited<ReturnType<ReadLog>>;
    try {
      if (last === undefined) {
        const begin = after === 'last page' ? Math.max((await read(0, 1, signal)).total - PAGE_LINES, 0) : after;
        last = { n: begin, t: '' };
        yield { kind: 'begin', after: begin };
      }
      page = await read(Math.max(last.n - 1, 0), PAGE_LINES, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error)) throw error;
      if (hasCode(error, 'not_found')) return;
      if (failures === 0) yield { kind: 'away', since: clock.now() };
      failures += 1;
      await clock.wait(Math.min(AWAY_MS * 2 ** Math.min(failures - 1, 10), AWAY_LONGEST_MS), signal);
      continue;
    }
    const { n, t } = last;
    const news = page.lines.filter((line) => line.n > n || (line.n === n && line.t !== t));
    if (news.length > 0 || failures > 0) yield { kind: 'lines', lines: news, total: page.total };
    failures = 0;
    last = news.at(-1) ?? last;
    quiet = news.length > 0 ? 0 : quiet + 1;
    const isBehind = news.length > 0 && last.n < page.total;
    if (!page.running && !isBehind && news.length === 0) return;
    await clock.wait(isBehind ? page.tookMs : pause(quiet, page.tookMs), signal);
  }
}

/** How long to leave the node alone (ms). */
const pause = (quiet: number, tookMs: number): number =>
  Math.max(quiet > PATIENT_ROUNDS ? QUIET_MS : BEST_MS, PACE * tookMs);

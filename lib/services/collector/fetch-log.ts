import type { CollectorStore } from '@/lib/archive/archive';
import { AppError, isAppError } from '@/lib/domain/errors';
import { finalStatus } from '@/lib/domain/log/final-line';
import type { TaskRef } from '@/lib/domain/task';
import { cutLog } from './cut-log';
import type { ClusterReads } from './reads';

// Longer than any final line we can use; a longer error text is no worse for being cut from the front.
const LAST_BYTES = 16_384;
const NO_LOG = /unable to open file|no such file|no such task/i;

/**
 * Brings an ended task's log into the archive, byte for byte up to `maxBytes`. `onStatus` is told the exit status that its
 * last line names, if it names one, before the log counts as kept: what was killed in between is done again. Throws what
 * the node said; ask `isLostLog` whether there is any use in trying again.
 */
export async function fetchLog(
  reads: Pick<ClusterReads, 'logBytes'>,
  store: Pick<CollectorStore, 'saveLog'>,
  task: { ref: TaskRef; node: string; maxBytes: number; onStatus(status: string | undefined): Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  let last = Buffer.alloc(0);
  const watched = async function* () {
    let begun = false;
    try {
      for await (const piece of reads.logBytes(task.node, task.ref.upid, signal)) {
        begun = true;
        last = Buffer.concat([last, piece.subarray(-LAST_BYTES)]).subarray(-LAST_BYTES);
        yield piece;
      }
    } catch (cause) {
      throw begun && isAppError(cause) ? new BrokeOff(cause) : cause;
    }
    await task.onStatus(finalStatus(lastLineOf(last.toString())));
  };
  await store.saveLog(task.ref, cutLog(watched(), task.maxBytes));
}

/** The node began to give the log and did not come to its end, which says nothing of other logs. */
class BrokeOff extends AppError {
  constructor(cause: AppError) {
    super('rejected', 'This log broke off while it was read.', { cause });
  }
}

export const hasBrokenOff = (error: unknown): boolean => error instanceof BrokeOff;

/** The exit status in the last line of a log that is not fetched; the last line is found by its number. */
export async function readFinalStatus(
  reads: Pick<ClusterReads, 'logPage'>,
  node: string,
  upid: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { total } = await reads.logPage(node, upid, { skip: 0, limit: 1 }, signal);
  const { lines } = await reads.logPage(node, upid, { skip: Math.max(total - 1, 0), limit: 1 }, signal);
  return finalStatus(lines.at(-1)?.t ?? '');
}

/** Whether the node has no such log any more (api-contract 4.6: 500 for a download, 400 for a UPID it has forgotten). */
export const isLostLog = (error: unknown): boolean =>
  isAppError(error) && (error.code === 'not_found' || NO_LOG.test(error.message));

const lastLineOf = (text: string): string => text.replace(/\n$/, '').split('\n').at(-1) ?? '';

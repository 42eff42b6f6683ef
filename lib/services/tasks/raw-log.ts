import { AppError, hasCode } from '@/lib/domain/errors';
import type { Task, TaskRef } from '@/lib/domain/task';
import { downloadLog } from '@/lib/proxmox/endpoints/tasks';
import type { Context } from '@/lib/services/context';
import { visibleTask } from './visible';

/** A log as a file: `bytes` from `from` up to, not including, `to`. `size` is null while only the node has it. */
export type RawLog = {
  fileName: string;
  size: number | null;
  bytes(from: number, to: number): Promise<ReadableStream<Uint8Array>>;
};

/**
 * A log's bytes as Proxmox holds them: from the archive, or at once from the node with the viewer's own credentials.
 * Throws `not_found` for the task, and when its log was lost.
 */
export async function openRawLog(ctx: Context, { cluster, upid }: TaskRef): Promise<RawLog> {
  const ref = { cluster, upid };
  const task = await visibleTask(ctx, ref);
  const fileName = fileNameOf(task);
  const size = task.log?.bytes ?? null;
  if (size !== null) {
    const bytes = async (from: number, to: number) => {
      const read = await ctx.archive.readLogBytes(ctx.viewer, ref, { from, to });
      if (!read) throw lost();
      return read.bytes;
    };
    return { fileName, size, bytes };
  }
  // In the background, for it lasts as long as its reader likes: the node keeps a place for what others wait for.
  const pieces = downloadLog(ctx.pve(cluster), task.listedBy, task.upid, { background: true }, ctx.signal);
  return { fileName, size, bytes: () => startedStream(pieces) };
}

const STALLED_MS = 60_000;

/**
 * A stream whose first piece is there, so that a failure can still be an answer of its own. A reader who takes nothing for
 * a minute has left, or keeps others from the node.
 */
async function startedStream(pieces: AsyncGenerator<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  let next = await pieces.next().catch((error: unknown) => {
    throw hasCode(error, 'not_found') ? lost(error) : error;
  });
  let stalled: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stalled);
      if (next.done) return controller.close();
      controller.enqueue(next.value);
      next = await pieces.next();
      stalled = setTimeout(() => {
        controller.error(new AppError('unavailable', 'Nothing of this log was read for a minute.'));
        pieces.return(undefined).catch(() => undefined);
      }, STALLED_MS).unref();
    },
    async cancel() {
      clearTimeout(stalled);
      await pieces.return(undefined);
    },
  });
}

const lost = (cause?: unknown): AppError =>
  new AppError(
    'not_found',
    'This log was gone before it could be kept. The node deletes logs; this one was asked for too late.',
    { cause },
  );

/** Plain letters only: the parts of a UPID come from whoever started the task. */
const fileNameOf = ({ cluster, node, label, object, upid }: Task): string => {
  const startedAt = /^UPID:[^:]*:[^:]*:[^:]*:([0-9A-Fa-f]{8})/.exec(upid)?.[1] ?? '';
  const parts = ['task', cluster, node, label, object, startedAt].filter((part) => part !== '');
  return `${parts.join('-').replaceAll(/[^A-Za-z0-9._-]/g, '_')}.log`;
};

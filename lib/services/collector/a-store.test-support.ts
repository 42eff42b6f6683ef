import type { CollectorStore, Gap, ListReading, SaveTasks, Unfinished } from '@/lib/archive/archive';
import { AppError } from '@/lib/domain/errors';
import type { TaskRef } from '@/lib/domain/task';

type Row = {
  upid: string;
  listedBy: string;
  startedAt: Unfinished['startedAt'];
  end: { time: number; status: string } | null;
  state: 'running' | 'unknown' | 'stopped';
  guest: string | null;
  log: Uint8Array | 'lost' | null;
};

/** A CollectorStore that keeps everything in memory, for tests that look at what the collector wrote. */
export function aStore() {
  const rows = new Map<string, Row>();
  const kept: Gap[] = [];
  const readings = new Map<string, ListReading>();
  const logOrder: string[] = [];
  let full = false;
  const rowOf = (ref: TaskRef): Row => {
    const row = rows.get(ref.upid);
    if (!row) throw new Error(`no such row: ${ref.upid}`);
    return row;
  };
  const unfinished = (row: Row): Unfinished => ({
    ref: { cluster: 'lab', upid: row.upid },
    archiveId: row.startedAt,
    listedBy: row.listedBy,
    startedAt: row.startedAt,
  });
  const missing = (node?: string) =>
    [...rows.values()]
      .filter((row) => row.end && row.log === null && (node === undefined || row.listedBy === node))
      .sort((a, b) => (b.end?.time ?? 0) - (a.end?.time ?? 0));
  const store: CollectorStore = {
    async saveTasks({ tasks, listedBy, guests }: SaveTasks) {
      if (full) throw new AppError('unavailable', 'The disk is full.');
      const first = ![...rows.values()].some((row) => row.listedBy === listedBy);
      const metKnownEnd = tasks.some((task) => task.end && rows.get(task.upid.text)?.end);
      let added = 0;
      let ended = 0;
      for (const { upid, end } of tasks) {
        const known = rows.get(upid.text);
        if (!known) added += 1;
        if (end && !known?.end) ended += 1;
        const was = known ?? { end: null, state: 'running' as const, log: null, guest: null };
        rows.set(upid.text, {
          ...{ upid: upid.text, listedBy, startedAt: upid.startTime },
          ...was,
          guest: was.guest ?? guests.get(Number(upid.id))?.name ?? null,
          ...(end && !was.end ? { end, state: 'stopped' } : {}),
        });
      }
      return { added, ended, metKnownEnd, first };
    },
    runningTasks: async () => [...rows.values()].filter((row) => !row.end).map(unfinished),
    async markNode(_cluster, node, state) {
      for (const row of rows.values()) if (row.listedBy === node && !row.end) row.state = state;
    },
    async correctEnd(ref, status) {
      const row = rowOf(ref);
      if (row.end) row.end = { ...row.end, status };
    },
    missingLogs: async (_cluster, limit, node) => missing(node).slice(0, limit).map(unfinished),
    countMissingLogs: async (_cluster, node) => missing(node).length,
    lastReading: async (_cluster, node) => readings.get(node),
    async saveReading(_cluster, node, reading) {
      if (full) throw new AppError('unavailable', 'The disk is full.');
      readings.set(node, reading);
    },
    async saveLog(ref, bytes) {
      const pieces: Uint8Array[] = [];
      for await (const piece of bytes) pieces.push(piece);
      const log = Buffer.concat(pieces);
      rowOf(ref).log = log;
      logOrder.push(ref.upid);
      return { lines: log.toString().split('\n').length - 1, bytes: log.length, sha256: '' };
    },
    async markLogLost(ref) {
      rowOf(ref).log = 'lost';
    },
    async saveGap(gap) {
      kept.push(gap);
    },
    gaps: async () => kept,
  };
  return {
    store,
    rows,
    gaps: kept,
    logOrder,
    setFull(is: boolean) {
      full = is;
    },
  };
}

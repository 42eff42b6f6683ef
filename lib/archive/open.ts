import 'server-only';
import { mkdir } from 'node:fs/promises';
import { AppError } from '@/lib/domain/errors';
import type { OpenArchive } from './archive';
import { searchStore } from './bookmarks';
import { correctEnd, markLogLost, markNode, noteStop } from './change-tasks';
import { openCore, type Place } from './core';
import { countValues } from './facets';
import { histogram } from './histogram';
import { readBytes, readLines } from './logs/read-log';
import { LogWriter } from './logs/save-log';
import { findVisible, getTask, getTasks } from './read-tasks';
import { lastReading, saveReading } from './readings';
import { saveTasks } from './save-tasks';
import { searchTasks } from './search-tasks';
import { sessionStore } from './sessions';
import { countMissingLogs, gaps, missingLogs, runningTasks, saveGap } from './unfinished';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Opens the archive in a folder, made when missing, or in a Postgres database, and brings it up to date. Throws
 * `unavailable` with the reason when it cannot be read and written, or when another process uses the folder.
 */
export async function openArchive(place: Place): Promise<OpenArchive> {
  if ('dataDir' in place) await makeFolder(place.dataDir);
  const core = await openCore(place);
  const { database } = core;
  const logs = new LogWriter(core);
  const tidy = setInterval(() => void database.tidy().catch(() => {}), DAY); // tomorrow is soon enough
  tidy.unref();
  return {
    searchTasks: (request) => core.coherently(() => searchTasks(core, request)),
    countValues: (request) => core.coherently(() => countValues(core, request)),
    histogram: (request) => core.coherently(() => histogram(core, request)),
    getTask: (viewer, ref) => core.coherently(() => getTask(core, viewer, ref)),
    getTasks: (viewer, archiveIds) => core.coherently(() => getTasks(core, viewer, archiveIds)),
    readLog: async (viewer, ref, window) => {
      const found = await core.coherently(() => findVisible(core, viewer, ref));
      if (!found?.log) return undefined;
      return { total: found.log.lines, lines: await readLines(database, found.row.id, found.log, window) };
    },
    readLogBytes: async (viewer, ref, range) => {
      const found = await core.coherently(() => findVisible(core, viewer, ref));
      if (!found?.log) return undefined;
      const to = Math.min(range.to, found.log.bytes);
      return {
        log: found.log,
        bytes: streamOf(readBytes(database, found.row.id, { from: range.from, to })),
      };
    },

    saveTasks: (save) => saveTasks(core, save),
    runningTasks: (cluster) => core.coherently(() => runningTasks(core, cluster)),
    markNode: (cluster, node, state) => markNode(core, cluster, node, state),
    correctEnd: (ref, status) => correctEnd(core, ref, status),
    noteStop: (ref, at, by) => noteStop(core, ref, at, by),
    missingLogs: (cluster, limit, listedBy) => core.coherently(() => missingLogs(core, cluster, limit, listedBy)),
    countMissingLogs: (cluster, listedBy) => countMissingLogs(core, cluster, listedBy),
    lastReading: (cluster, node) => lastReading(core, cluster, node),
    saveReading: (cluster, node, reading) => saveReading(core, cluster, node, reading),
    saveLog: (ref, bytes) => logs.save(ref, bytes),
    markLogLost: (ref) => markLogLost(core, ref),
    saveGap: (gap) => saveGap(core, gap),
    gaps: (cluster) => gaps(core, cluster),
    onChange: core.onChange,

    ...searchStore(database),
    ...sessionStore(core),
    ...core.leases,
    check: () => database.check(),
    close: async () => {
      clearInterval(tidy);
      await core.close();
    },
  };
}

async function makeFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new AppError('unavailable', `The data folder ${dataDir} cannot be made: ${cause.message}`, { cause });
  });
}

/** Reads on only as fast as it is read. */
const streamOf = (blocks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await blocks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await blocks.return(undefined);
    },
  });

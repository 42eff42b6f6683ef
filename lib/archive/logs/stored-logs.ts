import { LOG_KEPT, PER_SECOND, type TaskTable } from '@/lib/archive/schema';
import type { Database } from '@/lib/archive/sqlite/database';
import { build, statementOf } from '@/lib/archive/sqlite/statement';
import type { StoredLog } from '@/lib/domain/task';
import { epochSeconds, isoTime } from '@/lib/domain/time';

/** The file that keeps the logs of the month in which the task started (UTC), so that a month is dropped as a file. */
export const logFileOf = (archiveId: number): string =>
  `logs-${isoTime(epochSeconds(archiveId / PER_SECOND)).slice(0, 7)}`;

/** What is kept of these tasks' logs: lines, bytes and hash stand with the log. One message, whatever the months. */
export async function storedLogs(
  database: Database,
  tasks: readonly Pick<TaskTable, 'id' | 'log_state'>[],
): Promise<Map<number, StoredLog>> {
  const files = Map.groupBy(
    tasks.filter((task) => task.log_state === LOG_KEPT),
    (task) => logFileOf(task.id),
  );
  const logs = new Map<number, StoredLog>();
  if (files.size === 0) return logs;
  const results = await database.read(
    [...files].map(([file, of]) =>
      logRowsOf(
        file,
        of.map((task) => task.id),
      ),
    ),
  );
  for (const row of results.flatMap((result) => result.rows)) {
    logs.set(Number(row.task_id), { lines: Number(row.lines), bytes: Number(row.bytes), sha256: String(row.sha256) });
  }
  return logs;
}

const logRowsOf = (file: string, ids: readonly number[]) =>
  statementOf(build.selectFrom('log').selectAll().where('task_id', 'in', ids), file);

import type { Engine } from '@/lib/archive/engine';
import { LOG_KEPT, type LogMonth, PER_SECOND, type TaskTable } from '@/lib/archive/schema';
import { build, statementOf } from '@/lib/archive/statement';
import type { StoredLog } from '@/lib/domain/task';
import { epochSeconds, isoTime } from '@/lib/domain/time';

/** The month in which the task started (UTC), whose logs are kept together, so that a month is dropped as a whole. */
export function logMonthOf(archiveId: number): LogMonth {
  const month = isoTime(epochSeconds(archiveId / PER_SECOND)).slice(0, 7);
  const from = new Date(`${month}-01T00:00:00Z`);
  const to = new Date(from);
  to.setUTCMonth(to.getUTCMonth() + 1);
  const keyOf = (date: Date): number => (date.getTime() / 1000) * PER_SECOND;
  return { file: `logs-${month}`, from: keyOf(from), to: keyOf(to) };
}

/** What is kept of these tasks' logs: lines, bytes and hash stand with the log. One message, whatever the months. */
export async function storedLogs(
  database: Engine,
  tasks: readonly Pick<TaskTable, 'id' | 'log_state'>[],
): Promise<Map<number, StoredLog>> {
  const files = Map.groupBy(
    tasks.filter((task) => task.log_state === LOG_KEPT),
    (task) => logMonthOf(task.id).file,
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

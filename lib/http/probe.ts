import 'server-only';
import { appNow } from '@/lib/boot';
import { AppError } from '@/lib/domain/errors';

/**
 * Whether this process can serve: its archive is open (so every migration has run) and answers, and its collector runs.
 * Never waits for the start. Throws `unavailable` with what is missing; whether clusters answer is not asked.
 */
export async function checkReady(): Promise<{ ready: true; database: 'ok'; collector: 'running' }> {
  const app = appNow();
  if (!app) throw new AppError('unavailable', 'Taskscope is still starting.');
  if (app.stopping.aborted) throw new AppError('unavailable', 'Taskscope is stopping.');
  await app.archive.check();
  return { ready: true, database: 'ok', collector: 'running' };
}

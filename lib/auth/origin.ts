import 'server-only';
import type { Config } from '@/lib/config/schema';
import { AppError } from '@/lib/domain/errors';

type Where = Pick<Config, 'publicUrl'>;

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The origin browsers know us by: PUBLIC_URL's, else what the request came to. The forwarded headers are settled by the
 * server before Next sees them (TRUSTED_PROXIES), so here they are as good as the socket.
 */
function ownOrigin(headers: Headers, { publicUrl }: Where): string {
  if (publicUrl) return new URL(publicUrl).origin;
  const host = headers.get('x-forwarded-host') ?? headers.get('host') ?? '';
  const proto = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http';
  return `${proto}://${host}`.toLowerCase();
}

/** Whether the request may change something; reads never do (product rule 9). */
export const isWrite = (request: Request): boolean => !READS.has(request.method);

/** Throws `forbidden` for a write that a page of another origin sent. */
export function refuseForeignOrigin(request: Request, where: Where): void {
  const origin = request.headers.get('origin');
  if (!isWrite(request) || origin === null || origin === ownOrigin(request.headers, where)) return;
  throw new AppError('forbidden', 'This request comes from a page of another address. Set PUBLIC_URL if that is ours.');
}

/** Throws `forbidden` for a write by cookie that does not say where it comes from: browsers always say it. */
export function demandOrigin(request: Request): void {
  if (!isWrite(request) || request.headers.get('origin') !== null) return;
  throw new AppError('forbidden', 'A write by session needs the Origin header of our own address.');
}

import 'server-only';
import { cookies } from 'next/headers';
import { ready } from '@/lib/boot';
import { isTimeZone } from '@/lib/domain/zone';

/** The zone a page is written in: the configured one, else what this browser told before, else UTC until it tells. */
export async function pageZone(): Promise<{ zone: string; fixed: boolean }> {
  const { config } = await ready();
  if (config.timeZone !== 'browser') return { zone: config.timeZone, fixed: true };
  const told = (await cookies()).get('zone')?.value ?? '';
  return { zone: told !== '' && isTimeZone(told) ? told : 'UTC', fixed: false };
}

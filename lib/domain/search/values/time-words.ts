import { wallAt } from '@/lib/domain/zone';
import type { Clock } from './dates';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The times that completion offers, latest first (search-language 12). */
export function timeWords({ now, zone }: Clock): string[] {
  const { weekday } = wallAt(now, zone);
  const back = [2, 3, 4, 5].map((days) => WEEKDAYS[(weekday - days + 7) % 7] ?? '');
  return ['30 minutes ago', '1 hour ago', 'today', 'yesterday', ...back, '6 days ago', '1 week ago'];
}

/** The durations that completion offers. */
export const DURATION_WORDS = ['1m', '10m', '1h', '1d'] as const;

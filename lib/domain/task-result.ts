/** The state of a task, search-language 5.3. */
export const STATES = ['running', 'stopped', 'scheduled', 'pending', 'paused', 'unknown'] as const;
export type TaskState = (typeof STATES)[number];

/** Our reading of an exit status, search-language 5.3. */
export const RESULTS = ['pending', 'success', 'warning', 'cancelled', 'unknown', 'partial', 'error'] as const;
export type TaskResult = (typeof RESULTS)[number];

const CANCELLED = /received interrupt|interrupted by (?:unexpected )?signal|aborted by user/i;

/**
 * Reads an exit status (search-language 5.3; exact and case-sensitive for `OK` and `WARNINGS: n`). A bad end after a stop
 * asked for here is `cancelled`, whatever its text.
 */
export function resultOf(exitStatus: string, stopAsked = false): TaskResult {
  if (exitStatus === 'OK') return 'success';
  if (/^WARNINGS: \d+$/.test(exitStatus)) return 'warning';
  if (stopAsked || CANCELLED.test(exitStatus)) return 'cancelled';
  if (exitStatus === '' || exitStatus === 'unknown' || exitStatus === 'unexpected status') return 'unknown';
  return 'error';
}

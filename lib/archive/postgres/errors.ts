import { AppError } from '@/lib/domain/errors';

// SQLSTATEs, the first that fits, for which the operator, not a programmer, has something to do.
const REASONS: readonly (readonly [state: RegExp, reason: string])[] = [
  [/^28/, 'it refuses this user or password. Is DATABASE_URL right?'],
  [/^3D000$/, 'there is no such database. Create it, or correct DATABASE_URL.'],
  [/^42501$/, 'this user may not do that there. Make it the owner of the database.'],
  [/^25006$/, 'the database is read-only. Is DATABASE_URL that of a replica?'],
  [/^53100$/, 'its disk is full.'],
  [/^53300$/, 'it has no connection left. Raise max_connections.'],
  [/^53/, 'it is out of memory or of another resource.'],
  [/^55P03$/, 'another instance held the write lock for too long.'],
  [/^57014$/, 'a statement took too long and was stopped.'],
  [/^(?:57P|08|25P03)/, 'the connection was closed by the server.'],
  [/^XX00[12]$/, 'the database is damaged. Restore it from a backup.'],
];

const GONE = /^(?:E[A-Z]+|EAI_AGAIN)$/; // of the system: ECONNREFUSED, ENOTFOUND, ETIMEDOUT …

/** A failure of Postgres or of the way to it, as `unavailable` with the reason where the operator can mend it. */
export function toError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason =
    REASONS.find(([state]) => state.test(code))?.[1] ??
    (GONE.test(code) ? `it cannot be reached (${code}).` : undefined) ??
    (/^(?:Connection terminated|timeout)/i.test(error.message) ? 'the connection broke off.' : undefined);
  return reason ? new AppError('unavailable', `Postgres cannot be used: ${reason}`, { cause: error }) : error;
}

export const closed = (): AppError => new AppError('unavailable', 'The archive is closed.');

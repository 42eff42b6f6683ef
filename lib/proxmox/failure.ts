import { AppError, isAppError } from '@/lib/domain/errors';
import { TooLarge } from './body';
import { TimedOut } from './deadline';
import { afterDoubt, type Place, timedOutAt, unreadable } from './errors';

/** The request went out and no whole answer came back. A read may be tried again. */
export class ConnectionBroke extends AppError {
  constructor({ id, name, call }: Place, url: string, cause: unknown) {
    const message = `${name} closed the connection to ${url} before its answer was complete.${afterDoubt(call)}`;
    super('cluster_unreachable', message, { cause, details: { cluster: id } });
  }
}

/** Thrown for a 401, so that one renewal can follow; never leaves this folder. */
export class Unauthorised extends Error {
  override readonly name = 'Unauthorised';
}

/**
 * What to throw for an error that came up between sending a request and the end of its answer: the caller's own reason when
 * it gave up, an AppError for all that a network can do, and the error itself when it is a bug of ours.
 */
export function failureOf(place: Place, url: string, signal: AbortSignal, error: unknown): unknown {
  if (isAppError(error) || error instanceof Unauthorised) return error;
  if (signal.reason instanceof TimedOut) return timedOutAt(place, url, signal.reason.ms);
  if (signal.aborted) return signal.reason;
  if (error instanceof TooLarge) return unreadable(place, error.message);
  const code = codeOf(error);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return new AppError('unavailable', `The connection to ${place.name} is being closed.`, { cause: error });
  }
  // Sockets, undici, its parser and zlib all name their failures by a code; a wrong argument is a bug.
  return code === undefined || code === 'UND_ERR_INVALID_ARG' ? error : new ConnectionBroke(place, url, error);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

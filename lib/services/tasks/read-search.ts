import type { Notice } from '@/lib/contract/task';
import { AppError } from '@/lib/domain/errors';
import { type ReadQuery, readQuery } from '@/lib/domain/search/read-query';
import type { Context } from '@/lib/services/context';
import { nowOf } from './answer';

/** Reads a search in the asker's time zone. Throws QueryError, or `bad_request` for a zone that does not exist. */
export function readSearch(ctx: Pick<Context, 'now'>, search: string, timeZone: string, strict = false): ReadQuery {
  try {
    return readQuery(search, { now: nowOf(ctx), timeZone, strict });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('bad_request', `"${timeZone}" is no time zone.`, { cause: error });
  }
}

/** What the writer of a search should be told. */
export const noticesOf = ({ notices, canonical }: ReadQuery): Notice[] =>
  notices.map(({ code, message, position, length }) => ({
    ...{ code, message, position, length },
    canonical: code === 'mixed_and_or' ? canonical : null,
  }));

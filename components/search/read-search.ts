import { isQueryError, type Notice } from '@/lib/domain/search/errors';
import { readQuery } from '@/lib/domain/search/read-query';
import { secondOf } from '@/lib/domain/time';

/** Why a search is refused: where, and what could stand there instead. */
export type Refusal = {
  message: string;
  position: number;
  length: number;
  token: string;
  suggestions: readonly string[];
};

/** What the browser itself makes of a search, before any server is asked. */
export type LocalReading = { error: Refusal | null; notices: readonly Notice[] };

/** Reads a search as the server will. Zone and time only move dates, they never decide whether a text can be read. */
export function readSearch(text: string): LocalReading {
  try {
    const { notices } = readQuery(text, { now: secondOf(Date.now()), timeZone: 'UTC' });
    return { error: null, notices };
  } catch (error) {
    if (!isQueryError(error)) throw error;
    return { error, notices: [] };
  }
}

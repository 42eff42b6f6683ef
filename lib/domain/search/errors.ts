import { AppError, type QueryErrorCode } from '@/lib/domain/errors';

/** Where something stands in the text of a query: offset and length in UTF-16 units. */
export type Place = { position: number; length: number };

/** A query that is refused, search-language 11. `token` is the text at that place; `suggestions` can stand instead of it. */
export class QueryError extends AppError<QueryErrorCode> {
  override readonly name = 'QueryError';
  readonly position: number;
  readonly length: number;
  readonly token: string;
  readonly suggestions: readonly string[];

  constructor(code: QueryErrorCode, message: string, at: Place & { token?: string; suggestions?: readonly string[] }) {
    super(code, message);
    this.position = at.position;
    this.length = at.length;
    this.token = at.token ?? '';
    this.suggestions = at.suggestions ?? [];
  }
}

/** By name, as `isAppError`: the bundler may evaluate this module more than once in one process. */
export const isQueryError = (error: unknown): error is QueryError =>
  error instanceof Error && error.name === 'QueryError' && 'position' in error;

export type NoticeCode =
  | 'dangling_connective'
  | 'unclosed_paren'
  | 'unclosed_quote'
  | 'mixed_and_or'
  | 'wildcard_needs_like'
  | 'single_quotes'
  | 'reads_as_words';

/** What an accepted query should tell its writer: a repair, or a hint that it may mean something else than meant. */
export type Notice = Place & { code: NoticeCode; message: string };

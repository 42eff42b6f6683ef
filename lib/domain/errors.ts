/**
 * Every way this product says no. Adapters turn foreign failures into one of these; only lib/http maps them to HTTP.
 */
export type ErrorCode =
  /** No session, or one whose credentials are dead. */
  | 'signed_out'
  /** The viewer has no session in that cluster. */
  | 'not_signed_in'
  /** Proxmox refused a sign-in; it never says why. */
  | 'refused'
  /** Too many failed sign-ins; `details.retryAfterSeconds` says when to try again. */
  | 'throttled'
  /** The viewer sees the thing but may not do this to it. */
  | 'forbidden'
  /** Not there, or not this viewer's to see: one answer for both. */
  | 'not_found'
  /** The thing is not in a state in which this can be done. */
  | 'conflict'
  /** Input that breaks the contract; `details.issues` names the parameters. */
  | 'bad_request'
  /** A body larger than the limit. */
  | 'too_large'
  /** No configured address of the cluster answered. */
  | 'cluster_unreachable'
  /** The cluster answers, this node of it does not (595–599). */
  | 'node_unreachable'
  /** The cluster's Proxmox VE version has no such call (501). */
  | 'not_supported'
  /** Proxmox refused a call for a reason of its own; its message is passed on. */
  | 'rejected'
  /** The product cannot serve now: starting, stopping, or its database is full or read-only. */
  | 'unavailable'
  /** A bug of ours; the request id leads to the log. */
  | 'internal';

/** Codes of a refused query, search-language section 11. */
export type QueryErrorCode =
  | 'value_expected'
  | 'unmatched_paren'
  | 'empty_group'
  | 'empty_list'
  | 'list_syntax'
  | 'empty_value'
  | 'unknown_field'
  | 'bad_operator'
  | 'bad_value'
  | 'too_long'
  | 'too_deep'
  | 'too_many_values'
  | 'strict_repair'
  | 'strict_mixed'
  | 'strict_empty';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A failure with a code for programs and a sentence for the operator; the cause is for the log alone. */
export class AppError<Code extends string = ErrorCode> extends Error {
  override readonly name: string = 'AppError';
  readonly code: Code;
  readonly details: ErrorDetails;

  constructor(code: Code, message: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/**
 * Whether an error carries this code. By name and code, not by `instanceof`: the bundler may evaluate this module more
 * than once in one process, and an error made by one copy is thrown through another.
 */
export const hasCode = (error: unknown, code: ErrorCode): boolean => isAppError(error) && error.code === code;

export const isAppError = (error: unknown): error is AppError<ErrorCode> =>
  error instanceof Error && error.name === 'AppError' && 'code' in error;

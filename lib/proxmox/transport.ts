import type { z } from 'zod';

/** A two-hour ticket with the token that every write must carry; both secret. */
export type Ticket = { username: string; ticket: string; csrf: string };

/**
 * Who a call is made as. A ticket holder gives the present ticket and, after a 401, renews it once at most; undefined
 * means that it is dead.
 */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'token'; token: string }
  | { kind: 'ticket'; current(): Promise<Ticket | undefined>; renew(refused: Ticket): Promise<Ticket | undefined> };

type Scalar = string | number | boolean;

type CallOptions = {
  /** Below `/api2/json`, segments already percent-encoded. */
  path: string;
  /** The node that does the work: at most two calls in flight for each. Absent: the entry node. */
  node?: string;
  query?: Readonly<Record<string, Scalar | undefined>>;
  /** For the whole answer, of a stream for its head; without the wait for a turn. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
  /** Work that waits behind what people ask for, as the fetching of logs after a first start. */
  background?: boolean;
  /**
   * A line of its own, beside that of the node: who may be refused waits there, for each 401 holds its place for three
   * seconds, in which the node works on nothing.
   */
  line?: string | undefined;
};

/** One call. GET when no method is named; only reads are ever repeated, and only POST and PUT may have a body. */
export type Call = CallOptions &
  (
    | { method?: 'GET' | 'DELETE'; form?: never }
    | { method: 'POST' | 'PUT'; form?: Readonly<Record<string, Scalar | readonly (string | number)[] | undefined>> }
  );

/** `total` is 0 when Proxmox sent none (api-contract 1.2). */
export type Answer<T> = { data: T; total: number };

/** One cluster, as one person or token. Failures are AppErrors that name the cluster and what to try. */
export interface Transport {
  readonly cluster: string;
  send<T>(call: Call, schema: z.ZodType<T>): Promise<Answer<T>>;
  /** The raw body of a read, decompressed, for logs and downloads. It is to be read at once, or given up by the signal. */
  stream(call: Call): Promise<AsyncIterable<Uint8Array>>;
}

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

export type Call = {
  /** Reads when absent. Only reads are ever repeated. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api2/json`, segments already percent-encoded. */
  path: string;
  /** The node that does the work: at most two calls in flight for each. Absent: the entry node. */
  node?: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  form?: Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Work that waits behind what people ask for, as the fetching of logs after a first start. */
  background?: boolean;
};

export type Answer<T> = { data: T; total: number };

/** One cluster, as one person or token. Failures are AppErrors that name the cluster and what to try. */
export interface Transport {
  readonly cluster: string;
  send<T>(call: Call, schema: z.ZodType<T>): Promise<Answer<T>>;
  /** The raw body, decompressed, for logs and downloads. */
  stream(call: Call): Promise<AsyncIterable<Uint8Array>>;
}

import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { AppError } from '@/lib/domain/errors';
import { sleep } from '@/lib/sleep';
import type { Addresses } from './addresses';
import { decoded, readText } from './body';
import { type Circuit, mayAsk, timedOut } from './circuit';
import { type Authority, authorityOf } from './credentials';
import { type Deadline, deadline, TimedOut } from './deadline';
import { opened } from './envelope';
import { isRead, nodeAway, type Place, refusal, unauthorised } from './errors';
import { ConnectionBroke, failureOf, Unauthorised } from './failure';
import type { FairQueue } from './queue';
import { type Reached, reach } from './reach';
import { retryDelayMs } from './retry';
import type { Answer, Call, Credentials, Transport } from './transport';

const ANSWER_MS = 10_000;
const STREAM_MS = 15 * 60_000;
const TURN_MS = { interactive: 30_000, background: 600_000 };

type Parts = { id: string; name: string; addresses: Addresses; queue: FairQueue; now(): number; random(): number };

/** A place in the queue and the clock of the call, both given back by `end`. */
type Held = { limit: Deadline; end(): void };

/** How an answer below 300 becomes a result. Whoever takes it ends what is held once the body is read. */
type Take<T> = (reached: Reached, held: Held) => Promise<T>;

const NEVER = new AbortController().signal;

/** Every call to one cluster: takes its turn, finds an address, renews a ticket once, repeats reads that broke. */
export class ClusterClient {
  readonly #parts: Parts;
  /** By node; nodes that answer have none. */
  readonly #circuits = new Map<string, Circuit>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  as(credentials: Credentials): Transport {
    return {
      cluster: this.#parts.id,
      send: <T>(call: Call, schema: z.ZodType<T>): Promise<Answer<T>> =>
        this.#ask(call, credentials, async ({ head }, held) => {
          const text = await readText(head);
          held.end();
          return opened(this.#place(call), text, schema);
        }),
      stream: (call) =>
        this.#ask(call, credentials, async ({ address, head }, held) => {
          held.limit.extend(STREAM_MS);
          head.body.once('close', held.end);
          return this.#chunks(decoded(head), this.#place(call), address.url, held.limit.signal);
        }),
    };
  }

  async #ask<T>(call: Call, credentials: Credentials, take: Take<T>): Promise<T> {
    let authority = await authorityOf(credentials);
    while (authority) {
      try {
        return await this.#persist(call, authority, take);
      } catch (error) {
        if (!(error instanceof Unauthorised)) throw error;
        // Refused before the call was looked at, so a write was not done. What was renewed once is not renewed again.
        authority = await authority.renew();
      }
    }
    throw unauthorised(this.#place(call), credentials.kind);
  }

  async #persist<T>(call: Call, authority: Authority, take: Take<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.#once(call, authority, take);
      } catch (error) {
        const repeatable = isRead(call) && error instanceof ConnectionBroke;
        const wait = repeatable ? retryDelayMs(failures, this.#parts.random()) : undefined;
        if (wait === undefined) throw error;
        await sleep(wait, call.signal ?? NEVER);
      }
    }
  }

  async #once<T>(call: Call, authority: Authority, take: Take<T>): Promise<T> {
    const place = this.#place(call);
    this.#checkCircuit(place);
    const leave = await this.#turn(call);
    const limit = deadline(call.timeoutMs ?? ANSWER_MS, call.signal);
    const end = () => {
      limit.end();
      leave();
    };
    let url = '';
    try {
      const reached = await reach(this.#parts.addresses, place, authority.headers(!isRead(call)), limit.signal);
      url = reached.address.url;
      this.#noteNode(call, reached.head.status === 596);
      if (reached.head.status >= 300) throw await this.#refused(place, reached);
      return await take(reached, { limit, end });
    } catch (error) {
      end();
      if (limit.signal.reason instanceof TimedOut) this.#noteNode(call, true);
      throw failureOf(place, url, limit.signal, error);
    }
  }

  async #refused(place: Place, { head }: Reached): Promise<Error> {
    // Without a length there is no body, and the connection may stay open for seconds before it says so (401, 595 to 599).
    const text = 'content-length' in head.headers || 'transfer-encoding' in head.headers ? await readText(head) : '';
    head.body.destroy();
    return head.status === 401 ? new Unauthorised() : refusal(place, head, text);
  }

  /** A place among the calls in flight; waits for it, but not for ever. */
  async #turn(call: Call): Promise<() => void> {
    const lane = call.background ? 'background' : 'interactive';
    const limit = deadline(TURN_MS[lane], call.signal);
    try {
      const key = `${this.#parts.id}/${call.node ?? ''}/${call.line ?? ''}`;
      return await this.#parts.queue.enter(key, lane === 'background', limit.signal);
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      const where = call.node ? `, node ${call.node},` : '';
      const message = `${this.#parts.name}${where} is busy with earlier calls: none ended within ${error.ms / 1000} s.`;
      throw new AppError('unavailable', message, { details: { cluster: this.#parts.id } });
    } finally {
      limit.end();
    }
  }

  #checkCircuit(place: Place): void {
    const { node } = place.call;
    if (node === undefined) return;
    const { yes, after } = mayAsk(this.#circuits.get(node), this.#parts.now());
    if (after) this.#circuits.set(node, after);
    if (!yes) throw nodeAway(place, 'it did not answer in time twice, and is asked again in some seconds');
  }

  #noteNode({ node }: Call, late: boolean): void {
    if (node === undefined) return;
    if (late) this.#circuits.set(node, timedOut(this.#circuits.get(node), this.#parts.now()));
    else this.#circuits.delete(node);
  }

  async *#chunks(body: Readable, place: Place, url: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* body as AsyncIterable<Uint8Array>; // no encoding is set, so chunks are bytes
    } catch (error) {
      throw failureOf(place, url, signal, error);
    }
  }

  #place(call: Call): Place {
    return { id: this.#parts.id, name: this.#parts.name, call };
  }
}

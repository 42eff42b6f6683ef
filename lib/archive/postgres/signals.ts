import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { Sql } from '@/lib/archive/dialect';
import { configOf } from './connection';

const CHANNEL = 'taskscope';
const AGAIN_MS = 1_000;

type Topic = 'change' | 'session';
type Listener = (text: string) => void;

/**
 * Short words between the instances on one database, by LISTEN and NOTIFY. They can be lost while the connection is made
 * anew: whoever hears is called once after that with an empty text, and must also look without being called.
 */
export class Signals {
  readonly #url: string;
  readonly #self = randomUUID().slice(0, 8);
  readonly #listeners = new Map<Topic, Set<Listener>>();
  #client: Client | undefined;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** What sends a word to all other instances, when its transaction commits. At most 7,000 bytes. */
  signal(topic: Topic, text: string): Sql {
    return sql`select pg_notify(${CHANNEL}, ${`${this.#self} ${topic} ${text}`})`;
  }

  hear(topic: Topic, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Rejects when the first connection cannot be made; a later one is tried again until `close`. */
  async open(): Promise<void> {
    await this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new Client(configOf(this.#url));
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    client.on('error', () => {}); // its end follows
    client.on('notification', ({ payload }) => this.#heard(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    this.#client = client;
    if (this.#closed) await client.end();
    void ended.then(() => this.#reconnect());
  }

  async #reconnect(): Promise<void> {
    while (!this.#closed) {
      await setTimeout(AGAIN_MS, undefined, { ref: false });
      const connected = await this.#connect().then(
        () => true,
        () => false, // still away
      );
      if (!connected) continue;
      for (const listeners of this.#listeners.values()) for (const listener of listeners) listener('');
      return;
    }
  }

  #heard(payload: string): void {
    const [from, topic, text = ''] = payload.split(' ');
    if (from === this.#self) return;
    for (const listener of this.#listeners.get(topic as Topic) ?? []) listener(text); // an unknown one has no listeners
  }
}

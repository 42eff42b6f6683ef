import { randomBytes } from 'node:crypto';
import type { SealedSession, SessionStore } from '@/lib/archive/archive';
import { secondOf } from '@/lib/domain/time';
import type { Credentials, Ticket } from '@/lib/proxmox/transport';
import { sleep } from '@/lib/sleep';
import { HeldTicket, type RenewTicket, TICKET_LIFE_MS, type TicketRecord } from './held-ticket';
import type { Seal } from './seal';

/** A browser session as others see it: who it is in which cluster, and until when. */
export type Session = {
  id: string;
  /** `user@realm` by cluster; never empty. */
  users: ReadonlyMap<string, string>;
  /** Milliseconds; moves with each request until the absolute limit. */
  expiresAt: number;
  ended: AbortSignal;
};

type Live = {
  id: string;
  createdAt: number;
  seenAt: number;
  noted: number;
  /** Whether it has a row: what was opened on a full disk has none. */
  kept: boolean;
  held: Map<string, HeldTicket>;
  ended: AbortController;
};

type Options = {
  store: SessionStore;
  seal: Seal;
  limits: { idleMs: number; absoluteMs: number };
  renew: RenewTicket;
  log: { info(facts: object, message: string): void; warn(facts: object, message: string): void };
  now(): number;
};

const TEND_MS = 60_000;

/**
 * The tickets of all sessions. They live in this process's memory and, sealed with the session's id, in the database, so
 * that a restart keeps sessions; a browser holds the id alone.
 */
export class TicketVault {
  readonly #sessions = new Map<string, Live>();
  /** Ended here, with a row that is not deleted yet, as on a full disk: nothing brings them back. */
  readonly #ended = new Set<string>();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Fills the vault from the database; what is over, or sealed under another AUTH_SECRET, is deleted. Once, before any check. */
  async load(): Promise<void> {
    this.#options.store.onSession((id) => this.#quietly(this.#follow(id), 'session not followed'));
    let dropped = 0;
    for (const row of await this.#options.store.loadSessions()) {
      const live = this.#unsealed(row);
      if (live && live.held.size > 0 && !this.#isOver(live)) this.#sessions.set(live.id, live);
      else {
        dropped += 1;
        await this.#options.store.deleteSession(row.id).catch((err) => this.#warn(err, 'session not deleted'));
      }
    }
    this.#options.log.info({ sessions: this.#sessions.size, dropped }, 'sessions loaded');
  }

  /** Brings a session that another instance opened, or goes on using, so that `find` has it. Before each request's `find`. */
  async recall(id: string): Promise<void> {
    const live = this.#sessions.get(id);
    if (live && !this.#isOver(live)) return;
    const row = await this.#options.store.findSession(id);
    if (!row) return;
    this.#take(row);
    await this.#follow(id); // it may have ended while its row was on its way, and nobody tells that of what is not held
  }

  /**
   * A new session with its first ticket; gives its id, which only the browser's cookie may carry. One that cannot be
   * written down, as on a full disk, lasts until the process ends: that is no reason to keep people out.
   */
  async open(cluster: string, ticket: Ticket): Promise<string> {
    const now = this.#options.now();
    const id = randomBytes(32).toString('base64url');
    const times = { createdAt: now, seenAt: now, noted: now };
    const live: Live = { id, ...times, kept: false, held: new Map(), ended: new AbortController() };
    this.#hold(live, { cluster, ticket, issuedAt: now });
    await this.#save(live).catch((err) => this.#warn(err, 'session not kept'));
    this.#sessions.set(id, live);
    return id;
  }

  /** Signs an open session in to one more cluster, or anew to one it is in. */
  async add(id: string, cluster: string, ticket: Ticket): Promise<void> {
    const live = this.#sessions.get(id);
    if (!live) return;
    this.#hold(live, { cluster, ticket, issuedAt: this.#options.now() });
    await this.#save(live).catch((err) => this.#warn(err, 'session not kept'));
  }

  /** Signs out of one cluster; out of the last one ends the session. */
  async leave(id: string, cluster: string): Promise<void> {
    const live = this.#sessions.get(id);
    if (!live?.held.delete(cluster)) return;
    await (live.held.size === 0 ? this.end(id) : this.#save(live));
  }

  /** Destroys the session and its tickets here and in the database; its streams end at once. */
  async end(id: string): Promise<void> {
    const known = this.#sessions.has(id);
    this.#drop(id);
    if (known) await this.#delete(id);
  }

  /** The session when it is open and within its limits. `touch` for what a person does; a stream that goes on is not that. */
  find(id: string, { touch }: { touch: boolean }): Session | undefined {
    const live = this.#sessions.get(id);
    if (!live) return undefined;
    if (this.#isOver(live)) return undefined; // `tend` ends it
    if (touch) this.#touch(live);
    const users = new Map([...live.held].map(([cluster, held]) => [cluster, held.record.ticket.username]));
    return { id, users, expiresAt: this.#endOf(live), ended: live.ended.signal };
  }

  /** What a call to the cluster is made with in this session; undefined when it is not signed in there. */
  credentials(id: string, cluster: string): Credentials | undefined {
    if (!this.#sessions.get(id)?.held.has(cluster)) return undefined;
    const held = () => this.#sessions.get(id)?.held.get(cluster);
    return {
      kind: 'ticket',
      current: async () => held()?.current(),
      renew: async (refused) => held()?.replace(refused),
    };
  }

  /** Ends what is over and renews what is due, each minute until the signal, also while nobody looks (product rule 6). */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(TEND_MS, signal);
      await this.tend();
    }
  }

  /** One round of `run`. Clusters side by side, the tickets of one after another, and none behind one that got no answer. */
  async tend(): Promise<void> {
    for (const id of [...this.#ended]) await this.#delete(id).catch(() => {}); // was told when it first failed
    for (const live of [...this.#sessions.values()]) {
      if (!this.#isOver(live)) continue;
      await this.recall(live.id).catch((err) => this.#warn(err, 'session not read'));
      if (this.#isOver(live)) await this.end(live.id).catch((err) => this.#warn(err, 'session not deleted'));
    }
    const due = [...this.#sessions.values()].flatMap((live) => [...live.held.values()].filter((held) => held.isDue));
    const clusters = Map.groupBy(due, (held) => held.record.cluster);
    await Promise.all(
      [...clusters.values()].map(async (tickets) => {
        for (const held of tickets) {
          if ((await held.current()) && held.isDue) return; // still due: the cluster is away
        }
      }),
    );
  }

  #hold(live: Live, record: TicketRecord): void {
    const held: HeldTicket = new HeldTicket({
      record,
      renew: this.#options.renew,
      now: this.#options.now,
      onRenewed: () => {
        if (this.#sessions.get(live.id) === live) this.#quietly(this.#save(live), 'session not kept');
      },
      onDead: () => {
        if (live.held.get(record.cluster) === held)
          this.#quietly(this.leave(live.id, record.cluster), 'session not kept');
      },
    });
    live.held.set(record.cluster, held);
  }

  /** What another instance did to a session, or, with null, to any. What is not held here is brought by `recall`. */
  async #follow(id: string | null): Promise<void> {
    for (const known of id === null ? [...this.#sessions.keys()] : [id]) {
      if (!this.#sessions.get(known)?.kept) continue;
      const row = await this.#options.store.findSession(known);
      if (row) this.#take(row);
      else this.#drop(known);
    }
  }

  /** A row as it is now: a new session, or what has changed of one. The newer use of a session counts. */
  #take(row: SealedSession): void {
    const read = this.#ended.has(row.id) ? undefined : this.#unsealed(row);
    if (!read || this.#isOver(read)) return;
    const live = this.#sessions.get(row.id);
    if (!live) {
      if (read.held.size > 0) this.#sessions.set(row.id, read);
      return;
    }
    live.seenAt = Math.max(live.seenAt, read.seenAt);
    for (const cluster of live.held.keys()) if (!read.held.has(cluster)) live.held.delete(cluster);
    for (const [cluster, { record }] of read.held) {
      const held = live.held.get(cluster)?.record;
      if (!held || held.issuedAt < record.issuedAt) this.#hold(live, record);
    }
  }

  async #delete(id: string): Promise<void> {
    this.#ended.add(id);
    await this.#options.store.deleteSession(id);
    this.#ended.delete(id);
  }

  #drop(id: string): void {
    const live = this.#sessions.get(id);
    this.#sessions.delete(id);
    live?.held.clear();
    live?.ended.abort(new Error('the session has ended'));
  }

  #touch(live: Live): void {
    live.seenAt = this.#options.now();
    if (live.seenAt - live.noted < TEND_MS) return;
    live.noted = live.seenAt;
    this.#quietly(this.#options.store.touchSession(live.id, secondOf(live.seenAt)), 'session not kept');
  }

  async #save(live: Live): Promise<void> {
    const tickets = [...live.held.values()].map((held) => held.record);
    const sealed = this.#options.seal.close(JSON.stringify({ createdAt: live.createdAt, tickets }), live.id);
    const { id } = live;
    const [createdAt, seenAt] = [secondOf(live.createdAt), secondOf(live.seenAt)];
    const kept = await this.#options.store.saveSession({ id, sealed, createdAt, seenAt }, live.kept ? 'known' : 'new');
    if (kept) live.kept = true;
    else this.#drop(id); // it was ended elsewhere
  }

  #unsealed(row: SealedSession): Live | undefined {
    const text = this.#options.seal.open(row.sealed, row.id);
    if (text === undefined) return undefined;
    // The seal proves that this process's own code wrote it.
    const kept = JSON.parse(text) as { createdAt: number; tickets: TicketRecord[] };
    const seenAt = row.seenAt * 1000;
    const live: Live = {
      id: row.id,
      createdAt: kept.createdAt,
      seenAt,
      noted: seenAt,
      kept: true,
      held: new Map(),
      ended: new AbortController(),
    };
    const oldest = this.#options.now() - TICKET_LIFE_MS;
    for (const record of kept.tickets) if (record.issuedAt > oldest) this.#hold(live, record);
    return live;
  }

  #endOf(live: Live): number {
    const { idleMs, absoluteMs } = this.#options.limits;
    return Math.min(live.seenAt + idleMs, live.createdAt + absoluteMs);
  }

  #isOver(live: Live): boolean {
    return this.#options.now() >= this.#endOf(live);
  }

  #quietly(work: Promise<unknown>, failure: string): void {
    work.catch((err) => this.#warn(err, failure));
  }

  #warn(err: unknown, message: string): void {
    this.#options.log.warn({ err }, message);
  }
}

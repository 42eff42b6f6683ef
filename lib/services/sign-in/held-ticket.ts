import { hasCode } from '@/lib/domain/errors';
import type { Ticket } from '@/lib/proxmox/transport';

/** Renewal is due at half of a ticket's two hours, as in Proxmox's own client (api-contract 2.2). */
const RENEW_MS = 60 * 60_000;
/** An older ticket can be neither used nor renewed. */
export const TICKET_LIFE_MS = 2 * 60 * 60_000;
const AGAIN_MS = 30_000;

/** Signs in with the ticket as the password. Throws `refused` when it is dead, `cluster_unreachable` when nobody can say. */
export type RenewTicket = (cluster: string, ticket: Ticket) => Promise<Ticket>;

/** What outlives a restart; `issuedAt` in milliseconds. */
export type TicketRecord = { cluster: string; ticket: Ticket; issuedAt: number };

type Options = {
  record: TicketRecord;
  renew: RenewTicket;
  now(): number;
  /** After each renewal, to keep the new ticket; when it is dead, to drop it. */
  onRenewed(): void;
  onDead(): void;
};

/** One cluster's ticket within a session. However many ask at once, there is one renewal. */
export class HeldTicket {
  record: TicketRecord;
  readonly #options: Options;
  #renewal: Promise<void> | undefined;
  #notBefore = 0;
  #dead = false;

  constructor(options: Options) {
    this.#options = options;
    this.record = options.record;
  }

  get isDue(): boolean {
    return this.#age() >= RENEW_MS;
  }

  /** The ticket to use now, renewed when it is an hour old; the old one while the cluster is away; undefined when dead. */
  async current(): Promise<Ticket | undefined> {
    if (this.#age() >= TICKET_LIFE_MS) this.#die();
    if (!this.#dead && this.isDue && this.#options.now() >= this.#notBefore) {
      await this.#renewOnce().catch(() => undefined);
    }
    return this.#dead ? undefined : this.record.ticket;
  }

  /** After a 401: another caller's new ticket, or one renewal. Throws when the cluster is away, for then nobody knows. */
  async replace(refused: Ticket): Promise<Ticket | undefined> {
    if (!this.#dead && this.record.ticket.ticket === refused.ticket) await this.#renewOnce();
    return this.#dead ? undefined : this.record.ticket;
  }

  #renewOnce(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(): Promise<void> {
    const { cluster, ticket } = this.record;
    const asked = this.#options.now();
    try {
      this.record = { cluster, ticket: await this.#options.renew(cluster, ticket), issuedAt: asked };
      this.#options.onRenewed();
    } catch (error) {
      if (hasCode(error, 'refused')) return this.#die();
      this.#notBefore = asked + AGAIN_MS;
      throw error;
    }
  }

  #die(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#options.onDead();
  }

  #age(): number {
    return this.#options.now() - this.record.issuedAt;
  }
}

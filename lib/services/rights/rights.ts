import { AppError, isAppError } from '@/lib/domain/errors';
import type { Permissions } from '@/lib/domain/visibility';

/** What Proxmox told of one viewer in one cluster; `at` in milliseconds. */
export type Standing = { permissions: Permissions; guests: ReadonlySet<number>; at: number };

/** Whose rights, and how they are asked for with that viewer's own credentials. */
export type Holder = {
  cluster: string;
  /** Same key, same rights: an identity that a ticket proves, or the digest of a whole API token. */
  key: string;
  /** How long what was known last stands in while the cluster is away, in milliseconds. */
  keepMs: number;
  readPermissions(): Promise<Permissions>;
  readGuests(): Promise<ReadonlySet<number>>;
};

/** `standing` null: nothing is known, so nothing may be seen. `failure`: why it is missing, or old. */
export type Rights = { standing: Standing | null; failure: AppError | null };

type Entry = {
  standing: Standing | null;
  doubted: boolean;
  failure: AppError | null;
  asking: Promise<void> | null;
  /** After a failure the cluster is left alone until then. */
  notBefore: number;
  keepUntil: number;
};

const FRESH_MS = 60_000;
const PATIENCE_MS = 2_000;
const PAUSE_MS = 5_000;

/**
 * The rights of all viewers, asked once a minute at most for each viewer and cluster (product rule 1), by however many
 * requests, tabs and streams at once. While a cluster is away what was known last stands in for `keepMs`; otherwise, and
 * after that, unknown means no.
 */
export class RightsCache {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Never throws: a failure is part of the answer. Waits for a slow cluster only 2 s when older rights can stand in. */
  async of(holder: Holder): Promise<Rights> {
    const entry = this.#entry(holder);
    if (!this.#isFresh(entry) && this.#now() >= entry.notBefore) {
      const another = entry.asking;
      await this.#wait(holder, entry);
      // Another session of the same person asked, with a ticket that is dead; ours may live.
      if (another && entry.failure && isNo(entry.failure)) await this.#wait(holder, entry);
    }
    return { standing: this.#usable(holder, entry), failure: entry.failure };
  }

  /** They may have changed (Proxmox refused what they allow): the next question goes to the cluster. */
  doubt(cluster: string, key: string): void {
    const entry = this.#entries.get(keyOf(cluster, key));
    if (entry) entry.doubted = true;
  }

  #entry(holder: Holder): Entry {
    const key = keyOf(holder.cluster, holder.key);
    const known = this.#entries.get(key);
    if (!known) this.#forgetOld();
    const entry = known ?? { standing: null, doubted: false, failure: null, asking: null, notBefore: 0, keepUntil: 0 };
    entry.keepUntil = this.#now() + Math.max(holder.keepMs, FRESH_MS);
    this.#entries.set(key, entry);
    return entry;
  }

  #wait(holder: Holder, entry: Entry): Promise<void> {
    entry.asking ??= this.#ask(holder, entry).finally(() => {
      entry.asking = null;
    });
    return this.#usable(holder, entry) ? patiently(entry.asking) : entry.asking;
  }

  async #ask(holder: Holder, entry: Entry): Promise<void> {
    const at = this.#now();
    entry.doubted = false;
    try {
      const [permissions, guests] = await Promise.all([
        holder.readPermissions(),
        // Without guests no name is shown, but tasks are.
        holder.readGuests().catch(() => entry.standing?.guests ?? new Set<number>()),
      ]);
      entry.standing = { permissions, guests, at };
      entry.failure = null;
    } catch (error) {
      entry.failure = isAppError(error)
        ? error
        : new AppError('internal', 'Rights could not be read.', { cause: error });
      if (isNo(entry.failure)) entry.standing = null;
      else entry.notBefore = this.#now() + PAUSE_MS;
    }
  }

  #isFresh({ standing, doubted }: Entry): boolean {
    return standing !== null && !doubted && this.#now() - standing.at < FRESH_MS;
  }

  #usable(holder: Holder, entry: Entry): Standing | null {
    const age = entry.standing ? this.#now() - entry.standing.at : Number.POSITIVE_INFINITY;
    return age < Math.max(FRESH_MS, holder.keepMs) ? entry.standing : null;
  }

  #forgetOld(): void {
    const now = this.#now();
    for (const [key, { keepUntil, asking }] of this.#entries) if (keepUntil < now && !asking) this.#entries.delete(key);
  }
}

const keyOf = (cluster: string, key: string): string => `${cluster}\n${key}`;

/** The cluster said no, as opposed to: nobody can say. */
const isNo = ({ code }: AppError): boolean =>
  code === 'signed_out' || code === 'not_signed_in' || code === 'refused' || code === 'forbidden';

async function patiently(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

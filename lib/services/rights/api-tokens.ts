import { createHash } from 'node:crypto';
import { AppError } from '@/lib/domain/errors';
import type { Throttle } from '@/lib/services/sign-in/throttle';
import type { Holder, RightsCache, Standing } from './rights';

/** An API token as it came, for one cluster. `text` is `user@realm!name=secret`, and secret. */
export type PresentedToken = {
  cluster: string;
  text: string;
  address: string;
  /** How its rights are read; one that was never right waits in line with other strangers. */
  readers(line: 'strangers' | undefined): Pick<Holder, 'readPermissions' | 'readGuests'>;
};

/** Who a token is, and what it may see. `key` names its rights without the secret. */
export type AcceptedToken = { identity: string; key: string; standing: Standing };

const REFUSED_MS = 60_000;
const MOST_KEPT = 10_000;

/**
 * Checks API tokens by asking the cluster for their rights, so that one call proves a token and says what it sees. An
 * accepted one is good for the minute those rights are; a refused one is remembered for 60 s, as each 401 costs Proxmox
 * 3 s. New ones take from the same budgets as sign-ins; one that was right before does not.
 */
export class ApiTokens {
  readonly #rights: RightsCache;
  readonly #throttle: Throttle;
  readonly #now: () => number;
  /** Digest of a token → until when it is not asked about again. */
  readonly #refused = new Map<string, number>();
  readonly #wereRight = new Set<string>();

  constructor(rights: RightsCache, throttle: Throttle, now: () => number) {
    this.#rights = rights;
    this.#throttle = throttle;
    this.#now = now;
  }

  /** Throws `signed_out` when it is refused, `throttled`, or `cluster_unreachable` when nobody can say. */
  async accept(token: PresentedToken): Promise<AcceptedToken> {
    const identity = identityOf(token.text);
    const key = `token ${createHash('sha256').update(`${token.cluster}\n${token.text}`).digest('base64url')}`;
    if (identity === undefined || (this.#refused.get(key) ?? 0) > this.#now()) throw refused();
    const known = this.#wereRight.has(key);
    const giveBack = known
      ? () => {}
      : this.#throttle.take({
          cluster: token.cluster,
          account: identity.toLowerCase(),
          address: token.address,
          browser: null,
        });
    const readers = token.readers(known ? undefined : 'strangers');
    const { standing, failure } = await this.#rights.of({ cluster: token.cluster, key, keepMs: 0, ...readers });
    if (standing) {
      giveBack();
      remember(this.#wereRight, key);
      return { identity, key, standing };
    }
    if (failure && failure.code !== 'signed_out' && failure.code !== 'refused') {
      giveBack();
      throw failure.code === 'cluster_unreachable' ? unchecked(token.cluster) : failure;
    }
    this.#wereRight.delete(key);
    this.#refused.delete(key);
    this.#refused.set(key, this.#now() + REFUSED_MS);
    forgetOldest(this.#refused);
    throw refused();
  }
}

/** The id before the last `=` (api-contract 2.7); undefined when the text is no token. */
function identityOf(text: string): string | undefined {
  const id = text.slice(0, Math.max(text.lastIndexOf('='), 0));
  return /^[^\s:/]+@[^\s:/@!]+![A-Za-z][A-Za-z0-9._-]*$/.test(id) && text.length < 300 ? id : undefined;
}

function remember(set: Set<string>, key: string): void {
  set.delete(key);
  set.add(key);
  forgetOldest(set);
}

function forgetOldest(kept: { size: number; keys(): Iterator<string>; delete(key: string): boolean }): void {
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
}

/** Without the addresses that were tried: nobody is known yet who might be told them. */
const unchecked = (cluster: string): AppError =>
  new AppError('cluster_unreachable', `${cluster} does not answer, so the API token cannot be checked.`, {
    details: { cluster },
  });

const refused = (): AppError =>
  new AppError('signed_out', 'Proxmox does not accept this API token: is it there, enabled and not expired?');

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the cookie `taskscope_known` says: this browser has signed in to these accounts before. It signs nobody in. */
export type KnownBrowser = {
  id: string;
  /** Digests of cluster and account, newest first; the cookie names nobody. */
  accounts: readonly string[];
};

const LIFE_MS = 180 * 24 * 60 * 60_000;
const MOST_ACCOUNTS = 8;

/** Signs and reads `taskscope_known`, so that an attack on an account does not keep out its owner's browser (product rule 8). */
export class KnownBrowsers {
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly lifeSeconds = LIFE_MS / 1000;

  constructor(key: Uint8Array, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  /** Undefined for anything that was not signed here or is over half a year old. */
  read(cookie: string | undefined): KnownBrowser | undefined {
    const [id, until, list, signature, more] = (cookie ?? '').split('.');
    if (!id || !until || list === undefined || !signature || more !== undefined) return undefined;
    const right = Buffer.from(this.#sign(`${id}.${until}.${list}`));
    const given = Buffer.from(signature);
    if (right.length !== given.length || !timingSafeEqual(right, given)) return undefined;
    if (Number.parseInt(until, 36) < this.#now()) return undefined;
    return { id, accounts: list.split('~').filter((account) => account !== '') };
  }

  /** The cookie after a sign-in to the account. */
  write(before: KnownBrowser | undefined, cluster: string, account: string): string {
    const own = this.#digest(cluster, account);
    const accounts = [own, ...(before?.accounts ?? []).filter((other) => other !== own)].slice(0, MOST_ACCOUNTS);
    const id = before?.id ?? randomBytes(12).toString('base64url');
    const text = `${id}.${(this.#now() + LIFE_MS).toString(36)}.${accounts.join('~')}`;
    return `${text}.${this.#sign(text)}`;
  }

  /** The browser's id when it has signed in to this account before, else null. */
  reserveFor(browser: KnownBrowser | undefined, cluster: string, account: string): string | null {
    return browser?.accounts.includes(this.#digest(cluster, account)) ? browser.id : null;
  }

  #digest(cluster: string, account: string): string {
    return this.#sign(`account ${cluster} ${account}`).slice(0, 16);
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

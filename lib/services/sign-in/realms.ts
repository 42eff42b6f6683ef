import type { SignInCluster } from '@/lib/contract/session';
import { listRealms } from '@/lib/proxmox/endpoints/access';
import type { Transport } from '@/lib/proxmox/transport';

type Realm = Awaited<ReturnType<typeof listRealms>>[number];
type Known = { realms: Realm[]; at: number; away: boolean };

const FRESH_MS = 60_000;
const PATIENCE_MS = 3_000;

/** The clusters one can sign in to and their realms, as the clusters themselves tell them; shared by all who ask. */
export class Realms {
  readonly #clusters: readonly { id: string; name: string; pve: Transport }[];
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(clusters: readonly { id: string; name: string; pve: Transport }[], now: () => number) {
    this.#clusters = clusters;
    this.#now = now;
  }

  /** Waits at most 3 s; a cluster that has not answered then is away and offers the realms known last. */
  async list(): Promise<SignInCluster[]> {
    await Promise.all(this.#clusters.map(({ id, pve }) => this.#refresh(id, pve)));
    return this.#clusters.map(({ id, name }) => {
      const known = this.#known.get(id);
      return { id, name, away: known?.away ?? true, realms: (known?.realms ?? []).map(toAnswer).sort(byDefaultFirst) };
    });
  }

  async #refresh(id: string, pve: Transport): Promise<void> {
    const known = this.#known.get(id);
    if (known && !known.away && this.#now() - known.at < FRESH_MS) return;
    const asking = this.#asking.get(id) ?? this.#ask(id, pve);
    this.#asking.set(id, asking);
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), PATIENCE_MS).unref());
    if ((await Promise.race([asking, late])) === 'late') this.#noteAway(id);
  }

  async #ask(id: string, pve: Transport): Promise<void> {
    try {
      const realms = await listRealms(pve, AbortSignal.timeout(4 * PATIENCE_MS));
      this.#known.set(id, { realms, at: this.#now(), away: false });
    } catch {
      this.#noteAway(id); // why, the collector tells on the page of clusters
    } finally {
      this.#asking.delete(id);
    }
  }

  #noteAway(id: string): void {
    this.#known.set(id, { realms: this.#known.get(id)?.realms ?? [], at: this.#now(), away: true });
  }
}

const toAnswer = ({ realm, type, comment, isDefault }: Realm): SignInCluster['realms'][number] => ({
  realm,
  comment,
  is_default: isDefault,
  unusable: type === 'openid' ? 'Signing in by OpenID works only at the address of Proxmox itself.' : null,
});

// Proxmox sends them in no order (api-contract 2.6).
const byDefaultFirst = (a: SignInCluster['realms'][number], b: SignInCluster['realms'][number]): number =>
  Number(b.is_default) - Number(a.is_default) || (a.realm < b.realm ? -1 : 1);

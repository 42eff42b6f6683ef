import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { SignInPage } from '@/e2e/pages/sign-in-page';
import { type Account, ApiClient, signedIn } from './api-client';
import { type Product, startProduct } from './product';
import { openWorld, type World } from './world';

type Options = {
  /** Of the simulator's command line. */
  args?: readonly string[];
  /** Fills the world before the product first looks at it. */
  before?(world: World): void | Promise<void>;
  /** Of the product, besides the clusters. */
  settings?: Readonly<Record<string, unknown>>;
  /** Whether to wait until every cluster was read once; off where one is away from the start. */
  swept?: boolean;
};

/** People of the simulator by what they may do. */
export const PEOPLE = {
  root: { user: 'root@pam', password: 'root-demo' },
  admin: { user: 'admin@pve', password: 'admin-demo' },
  auditor: { user: 'auditor@pve', password: 'auditor-demo' },
  noc: { user: 'noc@corp-ldap', password: 'noc-demo' },
  operator: { user: 'operator@pve', password: 'operator-demo' },
  nobody: { user: 'norights@pve', password: 'norights-demo' },
  totp: { user: 'totp@pve', password: 'totp-demo' },
} as const satisfies Record<string, Account>;

type Ref = { cluster?: string; upid: string };

let current: Stage | undefined;

/** A world and a product that watches it. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'taskscope-e2e-'));
  readonly #options: Options;
  #world: World | undefined;
  #product: Product | undefined;
  readonly #roots = new Map<string, ApiClient>();

  constructor(options: Options) {
    this.#options = options;
  }

  get world(): World {
    if (!this.#world) throw new Error('The stage is not open yet');
    return this.#world;
  }

  get product(): Product {
    if (!this.#product) throw new Error('The product does not run');
    return this.#product;
  }

  get url(): string {
    return this.product.url;
  }

  async open(): Promise<void> {
    this.#world = await openWorld(this.#options.args);
    await this.#options.before?.(this.#world);
    await this.startProduct();
    if (this.#options.swept !== false) await this.swept();
  }

  /** Starts the product on the same data; also after `product.kill()`, on the same port. */
  async startProduct(): Promise<void> {
    const clusters = this.world.clusters.map(({ id, name, urls, fingerprints, token }) => {
      return { id, name, urls, fingerprints, token, poll_seconds: 1 };
    });
    const config = join(this.folder, 'config.yaml'); // JSON is YAML
    writeFileSync(config, JSON.stringify({ clusters, log_level: 'info', ...this.#options.settings }));
    const env = { CONFIG_FILE: config, DATA_DIR: join(this.folder, 'data') };
    this.#product = await startProduct({ env, ...(this.#product ? { port: this.#product.port } : {}) });
  }

  /** Waits until each node was read and every log is kept. */
  async swept(): Promise<void> {
    const root = await this.client(PEOPLE.root);
    type Clusters = { clusters: { state: string; logs_to_fetch: number; nodes: { last_sweep: string | null }[] }[] };
    for (let tries = 0; ; tries += 1) {
      const { clusters } = await root.json<Clusters>('/api/clusters');
      const done = clusters
        .filter(({ state }) => state !== 'not_signed_in')
        .every(({ logs_to_fetch, nodes, state }) => {
          const read = nodes.length > 0 && nodes.every(({ last_sweep }) => last_sweep !== null);
          return state === 'ok' && read && logs_to_fetch === 0;
        });
      if (done) return;
      if (tries > 300) throw new Error(`Not everything was read: ${JSON.stringify(clusters)}`);
      await new Promise((resolve) => setTimeout(resolve, 100)); // nothing on a screen says it
    }
  }

  /** Waits until a task is in the archive. */
  known(task: Ref): Promise<void> {
    return this.#told(task, () => true);
  }

  /** Waits until a task has ended and its log is kept. */
  kept(task: Ref): Promise<void> {
    return this.#told(task, ({ log }) => log.stored);
  }

  async #told(
    { cluster = 'lab', upid }: Ref,
    isEnough: (told: { log: { stored: boolean } }) => boolean,
  ): Promise<void> {
    const root = this.#roots.get(cluster) ?? (await this.client({ ...PEOPLE.root, cluster }));
    this.#roots.set(cluster, root);
    const address = `/api/tasks/${cluster}/${encodeURIComponent(upid)}`;
    for (let tries = 0; tries < 400; tries += 1) {
      const answer = await root.ask(address);
      if (answer.ok && isEnough((await answer.json()) as { log: { stored: boolean } })) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${upid} did not come`);
  }

  /** A script with that person's session. */
  client(account: Account): Promise<ApiClient> {
    return signedIn(this.url, account);
  }

  /** A script with an API token. */
  script(token: string, cluster?: string): ApiClient {
    const named = cluster === undefined ? {} : { 'x-cluster': cluster };
    return new ApiClient(this.url, { authorization: `PVEAPIToken=${token}`, ...named });
  }

  /** Signs a browser in through the sign-in page, and waits for where that leads. */
  async signIn(page: Page, account: Account, address = '/tasks'): Promise<void> {
    await page.goto(address);
    await new SignInPage(page).sendPassword(account);
    await page.waitForURL((url) => url.pathname !== '/sign-in');
  }

  /** Opens an address with a session that was made without the sign-in page; 127.0.0.1 has one jar for all its ports. */
  async enter(page: Page, account: Account, address = '/tasks'): Promise<void> {
    const { cookies } = await this.client(account);
    const url = 'http://127.0.0.1';
    await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
    await page.goto(address);
  }

  async close(): Promise<void> {
    await this.#product?.stop();
    await this.#world?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The stage of a spec file: opened once before its tests, closed behind the last. */
export function setTheStage(options: Options = {}): Stage {
  const stage = new Stage(options);
  test.beforeAll(async () => {
    test.setTimeout(60_000);
    await stage.open();
    current = stage;
  });
  test.afterAll(() => stage.close());
  return stage;
}

/** Playwright's test, whose pages open addresses of the stage's product. */
export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are wanted from this pattern
  baseURL: async ({}, use) => use(current?.product.url),
});

import type { Locator, Page } from '@playwright/test';
import type { Account } from '@/e2e/support/api-client';

/** The sign-in page: password first, then the second factor where one is asked for. */
export class SignInPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The text that says why the last try did not lead in. */
  get problem(): Locator {
    return this.page.getByRole('main').getByRole('alert');
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get cluster(): Locator {
    return this.page.getByLabel('Cluster', { exact: true });
  }

  get realm(): Locator {
    return this.page.getByLabel('Realm', { exact: true });
  }

  get code(): Locator {
    return this.page.getByLabel('Code from your authenticator');
  }

  get recoveryKey(): Locator {
    return this.page.getByLabel('One of your recovery keys');
  }

  async open(): Promise<void> {
    await this.page.goto('/sign-in');
  }

  /** Fills the first step and sends it; `user` is written as `name@realm`, which chooses the realm too. */
  async sendPassword({ user, password, cluster }: Account): Promise<void> {
    if (cluster !== undefined && (await this.cluster.count()) > 0) await this.cluster.selectOption(cluster);
    await this.page.getByLabel('User', { exact: true }).fill(user);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.send();
  }

  async send(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }
}

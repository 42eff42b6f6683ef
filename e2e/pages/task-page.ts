import type { Locator, Page } from '@playwright/test';

/** One task and its log. */
export class TaskPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get outcome(): Locator {
    return this.page.getByRole('region', { name: 'Outcome' });
  }

  get follow(): Locator {
    return this.page.getByRole('button', { name: /^Follow/ });
  }

  /** The numbers of the lines that are drawn. */
  get numbers(): Locator {
    return this.log.getByRole('link', { name: /^\d+$/ });
  }

  async open({ cluster = 'lab', upid, hash = '' }: { cluster?: string; upid: string; hash?: string }): Promise<void> {
    await this.page.goto(`/tasks/${encodeURIComponent(cluster)}/${encodeURIComponent(upid)}${hash}`);
  }

  number(n: number): Locator {
    return this.log.getByRole('link', { name: String(n), exact: true });
  }

  /** The text of a line that is drawn. */
  line(n: number): Locator {
    return this.number(n).locator('xpath=following-sibling::span');
  }

  /** Numbers and texts of the lines that are drawn, in order. */
  lines(): Promise<{ n: number; text: string }[]> {
    return this.numbers.evaluateAll((links) =>
      links.map((link) => ({ n: Number(link.textContent), text: link.nextElementSibling?.textContent ?? '' })),
    );
  }
}

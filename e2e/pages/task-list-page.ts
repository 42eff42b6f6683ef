import type { Locator, Page } from '@playwright/test';

type Ref = { cluster?: string; upid: string };

/** The task list with its search, counts and foot. */
export class TaskListPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get search(): Locator {
    return this.page.getByLabel('Search tasks');
  }

  get table(): Locator {
    return this.page.getByRole('grid', { name: 'Tasks' });
  }

  /** The link of each row, which names the task. */
  get tasks(): Locator {
    return this.table.locator('a[href*="/tasks/"]');
  }

  /** Says that changes appear as they happen; then keys and fields answer, too. */
  get live(): Locator {
    return this.page.getByText('Live', { exact: true });
  }

  get newTasks(): Locator {
    return this.page.getByRole('button', { name: /^[\d,]+ new tasks?/ });
  }

  async open(address = '/tasks'): Promise<void> {
    await this.page.goto(address);
  }

  row({ cluster = 'lab', upid }: Ref): Locator {
    const href = `/tasks/${encodeURIComponent(cluster)}/${encodeURIComponent(upid)}`;
    return this.table.getByRole('row').filter({ has: this.page.locator(`a[href$="${href}"]`) });
  }

  /** Counts what the search finds, as the foot tells it: `1–5 of 5`. */
  range(text: string | RegExp): Locator {
    return this.page.getByText(text, { exact: true });
  }

  async searchFor(text: string): Promise<void> {
    await this.live.waitFor();
    await this.search.fill(text);
    await this.search.press('Enter');
  }

  /** The search as the address has it. */
  addressed(): string {
    return new URL(this.page.url()).searchParams.get('search') ?? '';
  }
}

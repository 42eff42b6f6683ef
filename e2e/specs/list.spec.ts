import { performance } from 'node:perf_hooks';
import { expect } from '@playwright/test';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { TaskPage } from '@/e2e/pages/task-page';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From the moment Proxmox tells anyone to the row on the screen. */
const SEEN_WITHIN_MS = 3_000;

// Sixty tasks with known facts; the newest is the last one.
const stage = setTheStage({
  before(world) {
    const now = Date.now();
    const ago = (ms: number) => new Date(now - ms);
    world.past({ type: 'qmclone', id: '102', user: 'admin@pve', startedAt: ago(8 * DAY), status: 'disk full' });
    world.past({ type: 'qmigrate', id: '101', startedAt: ago(DAY + 2 * HOUR), status: 'received interrupt' });
    world.past({
      type: 'qmmove',
      id: '101',
      startedAt: ago(DAY + HOUR),
      status: 'unexpected status',
      text: 'half a l',
    });
    for (let n = 0; n < 55; n += 1) {
      world.past({ type: 'vzdump', id: '100', startedAt: ago(20 * HOUR - n * 60_000), seconds: 30 });
    }
    world.past({ type: 'aptupdate', startedAt: ago(30 * 60_000), status: 'WARNINGS: 3' });
    world.past({ type: 'qmstart', id: '100', node: 'pve2', startedAt: ago(10 * 60_000), seconds: 3 });
  },
});

let list: TaskListPage;
test.beforeEach(async ({ page }) => {
  list = new TaskListPage(page);
});

test('a task is in the list within 3 s of its start, its row changes in place when it ends, and no row moves', async ({
  page,
}) => {
  await stage.enter(page, PEOPLE.root, '/tasks?search=label+%3D+qmstop+or+label+%3D+qmstart');
  await expect(list.tasks).toHaveCount(1);
  await expect(list.live).toBeVisible();
  const top = await list.tasks.first().boundingBox();

  const began = performance.now();
  const puppet = stage.world.puppet({ type: 'qmstop', id: '101' });
  await expect(list.newTasks).toBeVisible({ timeout: SEEN_WITHIN_MS });
  const tookMs = Math.round(performance.now() - began);
  console.log(`a new task was told of after ${tookMs} ms`);
  expect(tookMs).toBeLessThanOrEqual(SEEN_WITHIN_MS);
  expect(await list.tasks.first().boundingBox()).toEqual(top);
  await expect(list.newTasks).toHaveText(/1 new task/);

  await list.newTasks.click();
  const row = list.row(puppet);
  await expect(row).toContainText('VM 101 - Stop');
  await expect(row.getByRole('img', { name: 'Running' })).toBeVisible();

  const ended = performance.now();
  puppet.end('timeout waiting on systemd');
  await expect(row).toContainText('timeout waiting on systemd', { timeout: SEEN_WITHIN_MS });
  console.log(`its end was told of after ${Math.round(performance.now() - ended)} ms`);
  await expect(row.getByRole('img', { name: 'Error' })).toBeVisible();
  await expect(list.tasks).toHaveCount(2);
});

test('a task that starts and ends at once is told of as well', async ({ page }) => {
  await stage.enter(page, PEOPLE.root, '/tasks?search=label+%3D+srvreload');
  await expect(list.live).toBeVisible();
  const puppet = stage.world.puppet({ type: 'srvreload', id: 'pveproxy' });
  puppet.end();
  await expect(list.row(puppet)).toContainText('OK', { timeout: SEEN_WITHIN_MS });
});

const SEARCHES: readonly [search: string, found: number][] = [
  ['label = qmclone', 1],
  ['label ~ qm* and node = pve1 and label != qmstop', 3],
  ['state = stopped and label = aptupdate', 1],
  ['state=running', 0],
  ['result = error and label = qmclone', 1],
  ['result = warning', 1],
  ['result = unknown', 1],
  ['started_at > "25 hours ago" and started_at < "2 hours ago"', 55],
  ['started_at < "7 days ago"', 1],
  ['ended_at > "1 hour ago" and label ^ (aptupdate, qmstart)', 2],
  ['aptupdate', 1],
  ['label = vzdump and (result = error or result = warning)', 0],
  ['(label = aptupdate or label = qmclone) and result != success', 2],
];

test('search finds by label, state, result, dates and words, joined by and, or and parentheses', async ({ page }) => {
  await stage.enter(page, PEOPLE.root);
  for (const [search, found] of SEARCHES) {
    await list.searchFor(search);
    await expect(page).toHaveURL((url) => url.searchParams.get('search') === search);
    if (found === 0) await expect(page.getByRole('heading', { name: 'No task matches' })).toBeVisible();
    else await expect(list.range(`1–${Math.min(found, 50)} of ${found}`), search).toBeVisible();
  }
});

test('a search that cannot be read is underlined in its place and keeps the list', async ({ page }) => {
  await stage.enter(page, PEOPLE.root, '/tasks?search=label+%3D+qmclone');
  await expect(list.tasks).toHaveCount(1);
  await list.searchFor('label = qmclone and result = maybe');
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    '"maybe" is not a result. Use one of pending, success',
  );
  await expect(page.getByTestId('refused')).toHaveText('maybe');
  await expect(list.search).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Still showing the last search that worked:')).toBeVisible();
  await expect(list.tasks).toHaveCount(1);
  await page
    .getByRole('button', { name: 'error', exact: true })
    .or(page.getByRole('button', { name: 'warning' }))
    .first()
    .click();
  await expect(page.getByTestId('refused')).toHaveCount(0);
});

test('an address with a refused search shows the error, and the list behind it', async ({ page }) => {
  await stage.enter(page, PEOPLE.root, '/tasks?search=state+%3D');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Value expected after "=" at position 7.');
  await expect(page.getByText('Still showing all tasks')).toBeVisible();
  await expect(list.tasks).toHaveCount(50);
});

test('chips are the clicked face of the search and change the address', async ({ page }) => {
  await stage.enter(page, PEOPLE.root);
  const filters = page.getByRole('group', { name: 'Filters' });
  await filters.getByRole('button', { name: 'result', exact: true }).click();
  await page.getByRole('dialog', { name: 'result' }).getByText('warning', { exact: true }).click();
  await expect.poll(() => list.addressed()).toBe('result = warning');
  await expect(list.tasks).toHaveCount(1);
  await page.getByRole('dialog', { name: 'result' }).getByText('error', { exact: true }).click();
  await expect.poll(() => list.addressed()).toBe('result ^ (warning, error)');
  await page.keyboard.press('Escape');
  await filters.getByRole('button', { name: 'started', exact: true }).click();
  await page.getByRole('button', { name: 'Last hour' }).click();
  await expect.poll(() => list.addressed()).toBe('result ^ (warning, error) and started_at > "1 hour ago"');
  await filters.getByRole('button', { name: 'Remove result ^ (warning, error)' }).click();
  await expect.poll(() => list.addressed()).toBe('started_at > "1 hour ago"');
  await page.goBack();
  await expect(list.search).toHaveValue('result ^ (warning, error) and started_at > "1 hour ago"');
});

test('the address of a list shows the same list in a fresh browser after sign-in', async ({ page, browser }) => {
  await stage.enter(page, PEOPLE.root);
  await list.searchFor('label = vzdump');
  await expect(list.range('1–50 of 55')).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(list.range('51–55 of 55')).toBeVisible();
  const shown = await list.tasks.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const address = page.url();

  const fresh = await (await browser.newContext()).newPage();
  await stage.signIn(fresh, PEOPLE.noc, address);
  expect(fresh.url()).toBe(address);
  const other = new TaskListPage(fresh);
  await expect(other.range('51–55 of 55')).toBeVisible();
  expect(await other.tasks.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(shown);
  await fresh.context().close();
});

test('pages follow each other without a gap, and the order can be changed by a click', async ({ page }) => {
  await stage.enter(page, PEOPLE.root, '/tasks?search=label+%3D+vzdump&per_page=25');
  await list.live.waitFor();
  const seen = new Set<string>();
  for (const range of ['1–25 of 55', '26–50 of 55', '51–55 of 55']) {
    await expect(list.range(range)).toBeVisible();
    for (const href of await list.tasks.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')))
      seen.add(href);
    await page.keyboard.press('.');
  }
  expect(seen.size).toBe(55);
  await list.open('/tasks?search=not+label+%3D+vzdump');
  await page.getByRole('columnheader', { name: 'Started' }).getByRole('link').click();
  await expect(page).toHaveURL(/order=started_at\+ASC/);
  await expect(list.tasks.first()).toHaveText('VM 102 - Clone');
});

test('by the keyboard alone: search, move, open, come back, and see the keys', async ({ page }) => {
  await stage.enter(page, PEOPLE.root);
  await list.live.waitFor();
  await page.keyboard.press('/');
  await expect(list.search).toBeFocused();
  await page.keyboard.type('label ^ (aptupdate, qmclone)');
  await page.keyboard.press('Enter');
  await expect(list.tasks).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(list.tasks.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(list.tasks.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(new TaskPage(page).title).toHaveText('Update package database');
  await page.goBack();
  await expect(list.tasks).toHaveCount(2);
  await expect(list.tasks.nth(0)).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Next task');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

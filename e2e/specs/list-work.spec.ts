import { expect } from '@playwright/test';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';
import type { Puppet } from '@/e2e/support/world';

const MINUTE = 60_000;
const puppets: Puppet[] = [];

// Three that run and three that have ended, the newest failed.
const stage = setTheStage({
  before(world) {
    const at = (minutes: number) => new Date(Date.now() - minutes * MINUTE);
    world.past({ type: 'vncproxy', id: '100', startedAt: at(90), seconds: 20 });
    world.past({ type: 'qmstart', id: '101', startedAt: at(60), seconds: 3 });
    world.past({ type: 'qmstart', id: '102', startedAt: at(30), status: 'no PCI device found' });
    for (const id of ['100', '101', '102']) puppets.push(world.puppet({ type: 'vzdump', id }));
  },
});

const OURS = 'label ^ (vzdump, qmstart, vncproxy) and started_at > "2 hours ago"';
const address = `/tasks?${new URLSearchParams({ search: OURS })}`;

let list: TaskListPage;
test.beforeEach(async ({ page }) => {
  list = new TaskListPage(page);
  await stage.signIn(page, PEOPLE.root, address);
  await expect(list.tasks).toHaveCount(6);
});

test('a column keeps the width it was dragged to, and its place, over a reload without a jump', async ({ page }) => {
  const node = page.getByRole('columnheader', { name: 'Node' });
  const before = await node.boundingBox();
  if (!before) throw new Error('no column');
  const edge = before.x + before.width + 6;
  await page.mouse.move(edge, before.y + 8);
  await page.mouse.down();
  await page.mouse.move(edge + 60, before.y + 8, { steps: 4 });
  await page.mouse.up();
  const wide = await node.boundingBox();
  expect(wide?.width).toBeCloseTo(before.width + 60, 0);
  await node.dragTo(page.getByRole('columnheader', { name: 'Label' }));
  const moved = await node.boundingBox();
  expect(moved?.x).toBeLessThan((await page.getByRole('columnheader', { name: 'Label' }).boundingBox())?.x ?? 0);

  await page.addInitScript(() => {
    new PerformanceObserver((seen) => {
      for (const entry of seen.getEntries()) {
        // The word beside the live dot changes its length, which is less than that.
        const { value } = entry.toJSON();
        if (value > 0.0005) document.documentElement.dataset.shifted = JSON.stringify(entry);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await expect(list.tasks).toHaveCount(6);
  await expect(page.getByRole('slider', { name: 'Tasks by start' })).toHaveAttribute('aria-valuenow', /\d\d/);
  expect(await node.boundingBox()).toEqual(moved);
  expect(await page.evaluate(() => document.documentElement.dataset.shifted)).toBeUndefined();
});

test('the keys go through rows and values, filter by them, and leave them out', async ({ page }) => {
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('f');
  await expect.poll(() => list.addressed()).toBe('label = vzdump and started_at > "2 hours ago"');
  await expect(list.tasks).toHaveCount(3);
  await page.goBack();
  await expect(list.tasks).toHaveCount(6);
  await list.tasks.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+F');
  await expect(list.tasks).toHaveCount(3);
  expect(list.addressed()).toBe('label ^ (qmstart, vncproxy) and started_at > "2 hours ago"');
});

test('a click with Alt leaves a value out, consoles go by one click, a count is a search', async ({ page }) => {
  await page.getByRole('button', { name: 'hide consoles' }).click();
  await expect(list.tasks).toHaveCount(5);
  expect(list.addressed()).toContain('family != console');
  await page.getByRole('link', { name: '1 error' }).click();
  await expect(list.tasks).toHaveCount(1);
  await page.getByRole('link', { name: '3 running' }).click();
  await expect(list.tasks).toHaveCount(4);
  await page.getByRole('link', { name: '1 error' }).click({ modifiers: ['Alt'] });
  await expect(list.tasks).toHaveCount(3);
  expect(list.addressed()).toContain('result = pending');
});

test('the values beside the list count each field without its own chip, and stay open', async ({ page }) => {
  await list.open(`/tasks?${new URLSearchParams({ search: 'started_at > "2 hours ago"' })}`);
  await page.getByRole('button', { name: 'Values' }).click();
  const values = page.getByRole('complementary', { name: 'Values' });
  await values.getByRole('link', { name: 'vzdump' }).click();
  await expect(list.tasks).toHaveCount(3);
  await expect(values.getByRole('link', { name: 'qmstart' })).toContainText('2');
  await page.reload();
  await expect(values.getByRole('link', { name: 'vzdump' })).toHaveAttribute('aria-current', 'true');
});

test('a drag over the strip narrows the list to that time', async ({ page }) => {
  const strip = page.getByRole('slider', { name: 'Tasks by start' });
  await expect(strip).toHaveAttribute('aria-valuenow', /\d\d/);
  const box = await strip.boundingBox();
  if (!box) throw new Error('no strip');
  await page.mouse.move(box.x + box.width * 0.65, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(list.tasks).toHaveCount(4);
  expect(list.addressed()).toMatch(/started_at >= "[\d-]+ [\d:]+" and started_at < "[\d-]+ [\d:]+"$/);
});

test('a search is kept, counted in the rail, followed and deleted', async ({ page }) => {
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByLabel('Name').fill('what runs here');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const rail = page.getByRole('navigation', { name: 'Main' });
  const saved = rail.getByRole('link', { name: /what runs here/ });
  await expect(saved).toContainText('6');
  await page.goto('/tasks');
  await saved.click();
  await expect(list.tasks).toHaveCount(6);
  await expect(page.getByRole('button', { name: 'Saved as "what runs here"' })).toBeVisible();
  await saved.hover();
  await rail.getByRole('button', { name: 'More about what runs here' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(saved).toHaveCount(0);
});

test('pasting a VMID outside a field shows the tasks of that guest', async ({ page }) => {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', ' 102\n');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await expect.poll(() => list.addressed()).toBe('vmid = 102');
});

test('what is selected survives live changes, and is stopped one by one with what became of each', async ({ page }) => {
  const [first, second] = puppets;
  if (!first || !second) throw new Error('no puppets');
  for (const task of [first, second]) await list.row(task).getByRole('checkbox').check();
  first.end('job errors');
  await expect(list.row(first)).toContainText('job errors');
  await expect(list.row(first)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Stop 1 running task?' });
  await expect(dialog).toContainText('1 of the 2 selected has ended and is left alone.');
  await dialog.getByRole('button', { name: 'Stop 1 task' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 of 1 asked to end');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await expect(list.row(second).getByRole('img', { name: 'Running' })).toHaveCount(0, { timeout: 10_000 });
});

import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const stage = setTheStage({
  before(world) {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    for (let n = 0; n < 5; n += 1) world.past({ type: 'vzdump', id: '100', startedAt: ago(60 + n), seconds: 9 });
    world.past({ type: 'qmstart', id: '100', startedAt: ago(30), status: 'got timeout' });
    world.past({ type: 'qmclone', id: '102', user: 'admin@pve', startedAt: ago(20) });
  },
});

test('a search is written with Tab alone, at the place where the caret is', async ({ page }) => {
  const list = new TaskListPage(page);
  await stage.signIn(page, PEOPLE.root);
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await page.keyboard.press('/');
  await expect(options.first()).toHaveText('runningsaved search');

  await list.search.pressSequentially('la');
  await expect(options).toHaveText(['label']);
  await page.keyboard.press('Tab');
  await expect(options.first()).toHaveText('=');
  await page.keyboard.press('Tab');
  await expect(options.first()).toHaveText(/^vzdump5/);
  const left = (await page.getByRole('listbox', { name: 'Suggestions' }).boundingBox())?.x ?? 0;
  const field = (await list.search.boundingBox())?.x ?? 0;
  expect(left - field).toBeGreaterThan(40);
  await page.keyboard.press('Tab');
  await expect(list.search).toHaveValue('label = vzdump ');
  await expect(list.tasks).toHaveCount(5);
  await page.keyboard.press('Tab');
  await list.search.pressSequentially('result = e');
  await expect(options).toHaveText(['error0']);
  await page.keyboard.press('Enter');
  await expect(options).toHaveCount(0);

  await page.getByRole('button', { name: 'Clear the search' }).click();
  await list.searchFor('label = qmclone');
  await expect(list.tasks).toHaveCount(1);
  await page.getByRole('button', { name: 'Earlier searches' }).click();
  await expect(page.getByRole('dialog', { name: 'Earlier searches' }).getByRole('button').first()).toHaveText(
    'label = qmclone',
  );
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'How to search' }).click();
  await page.getByRole('button', { name: /^result = error/ }).click();
  await expect(list.tasks).toHaveCount(1);
});

test('completion has room on a phone, and axe finds nothing in it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const list = new TaskListPage(page);
  await stage.signIn(page, PEOPLE.root);
  await list.search.fill('label = vzdump and node = ');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const box = await page.getByRole('listbox', { name: 'Suggestions' }).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
});

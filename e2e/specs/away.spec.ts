import { expect } from '@playwright/test';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { TaskPage } from '@/e2e/pages/task-page';
import type { ApiClient } from '@/e2e/support/api-client';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

type List = { total: number; failures: { cluster: string; code: string; message: string; since: string | null }[] };
type Told = { state: string; result: string };

const stage = setTheStage({
  args: ['--clusters', 'lab,oslo-edge', '--frozen-ms', '3000'],
  swept: false,
  async before(world) {
    world.past({ type: 'qmstart', id: '100', startedAt: new Date(Date.now() - 60_000), seconds: 2 });
    world.past({ type: 'qmstop', id: '101', node: 'pve2', startedAt: new Date(Date.now() - 50_000), seconds: 2 });
    await world.setCluster('down', 'oslo-edge'); // from the start on
  },
});

let root: ApiClient;
const listOf = () => root.json<List>('/api/tasks');

test.beforeEach(async () => {
  root = await stage.client(PEOPLE.root);
});

test('a cluster that cannot be reached does not stop the start: the others are there, and it says so', async ({
  page,
}) => {
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  await expect(new TaskListPage(page).tasks).toHaveCount(2);
  await expect
    .poll(async () => (await root.json<{ clusters: { id: string; state: string }[] }>('/api/clusters')).clusters)
    .toMatchObject([
      { id: 'lab', state: 'ok' },
      { id: 'oslo-edge', state: 'not_signed_in' },
    ]);
  await page.getByRole('link', { name: 'Clusters' }).click();
  await expect(page.getByRole('region', { name: 'lab' })).toContainText('answering');
  await stage.world.setCluster('up', 'oslo-edge');
  await expect
    .poll(
      () =>
        stage.client({ ...PEOPLE.root, cluster: 'oslo-edge' }).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
});

test('a node that is cut off: what ran there is unknown, and right again when it is back', async ({ page }) => {
  test.setTimeout(60_000);
  const puppet = stage.world.puppet({ type: 'vzdump', id: '101', node: 'pve2' });
  await stage.known(puppet);
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  const list = new TaskListPage(page);
  await expect(list.row(puppet).getByRole('img', { name: 'Running' })).toBeVisible();

  await stage.world.setNode('down', { node: 'pve2' });
  await expect(list.row(puppet)).toContainText('Last seen running', { timeout: 30_000 });
  await expect(list.tasks).toHaveCount(3);
  expect((await listOf()).failures).toContainEqual(
    expect.objectContaining({ cluster: 'lab', code: 'node_unreachable', message: expect.stringContaining('pve2') }),
  );
  const address = `/api/tasks/lab/${encodeURIComponent(puppet.upid)}`;
  expect(await root.json<Told>(address)).toMatchObject({ state: 'unknown' });
  expect((await root.json<{ subtotal: number }>('/api/tasks?search=state+%3D+unknown')).subtotal).toBe(1);

  puppet.end('job errors'); // unseen by anybody
  await stage.world.setNode('up', { node: 'pve2' });
  await expect(list.row(puppet)).toContainText('job errors', { timeout: 30_000 });
  expect(await root.json<Told>(address)).toMatchObject({ state: 'stopped', result: 'error' });
  await expect
    .poll(async () => (await listOf()).failures.filter(({ cluster }) => cluster === 'lab'), { timeout: 20_000 })
    .toEqual([]);
});

test('a cluster that goes away: a banner, rows as last known, and live again by itself', async ({ page }) => {
  test.setTimeout(90_000);
  const puppet = stage.world.puppet({ type: 'qmclone', id: '100' });
  puppet.write('create full clone of drive scsi0\n');
  await stage.known(puppet);
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  const list = new TaskListPage(page);
  await expect(list.row(puppet).getByRole('img', { name: 'Running' })).toBeVisible();
  const rows = await list.tasks.count();

  await stage.world.setCluster('down', 'lab');
  await expect(page.getByText('lab has not answered')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Its tasks are shown as last known')).toBeVisible();
  await expect(page.getByText(/next try in|trying now/)).toBeVisible();
  await expect(list.row(puppet)).toContainText('Last seen running');
  await expect(list.tasks).toHaveCount(rows);
  await page.reload();
  await expect(list.tasks).toHaveCount(rows);
  await expect(page.getByText('lab has not answered')).toBeVisible();
  expect((await listOf()).failures).toContainEqual(
    expect.objectContaining({ cluster: 'lab', code: 'cluster_unreachable' }),
  );

  const log = await page.context().newPage();
  await log.goto(`/tasks/lab/${encodeURIComponent(puppet.upid)}`);
  await expect(new TaskPage(log).title).toHaveText('VM 100 - Clone');
  await expect(log.getByText(/does not answer/).first()).toBeVisible({ timeout: 15_000 });

  await stage.world.setCluster('up', 'lab');
  await expect(page.getByText('lab has not answered')).toHaveCount(0, { timeout: 30_000 });
  await expect(list.row(puppet).getByRole('img', { name: 'Running' })).toBeVisible({ timeout: 15_000 });
  await expect(new TaskPage(log).line(1)).toHaveText('create full clone of drive scsi0', { timeout: 20_000 });
  puppet.end();
  await expect(list.row(puppet)).toContainText('OK');
});

test('a node that takes connections and says nothing does not hold up the rest', async ({ page }) => {
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  await stage.world.setNode('frozen', { node: 'pve2' });
  try {
    const puppet = stage.world.puppet({ type: 'qmreset', id: '100', node: 'pve1' });
    await expect(new TaskListPage(page).newTasks).toBeVisible({ timeout: 10_000 });
    puppet.end();
    const began = performance.now();
    await listOf();
    expect(performance.now() - began).toBeLessThan(2_500);
  } finally {
    await stage.world.setNode('up', { node: 'pve2' });
  }
});

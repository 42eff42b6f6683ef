import { expect } from '@playwright/test';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { TaskPage } from '@/e2e/pages/task-page';
import { ticks } from '@/e2e/simulator/logs/odd';
import type { ApiClient } from '@/e2e/support/api-client';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const ROUNDS = process.env.TEST_LONG === '1' ? 25 : 4;

const stage = setTheStage({
  before(world) {
    for (let n = 0; n < 40; n += 1) {
      world.past({
        type: 'qmstart',
        id: '100',
        startedAt: new Date(Date.now() - 3_600_000 + n * 60_000),
        seconds: 2,
        text: `start ${n}\n`,
      });
    }
  },
});

type List = { total: number; results: { upid: string; log: { stored: boolean } }[] };

/** What is kept, and of how much of it the log as well. */
async function keptBy(client: ApiClient): Promise<{ tasks: Set<string>; logs: Set<string> }> {
  const { results } = await client.json<List>('/api/tasks?per_page=500');
  const upids = (those: List['results']) => new Set(those.map(({ upid }) => upid));
  return { tasks: upids(results), logs: upids(results.filter(({ log }) => log.stored)) };
}

const missing = (wanted: Iterable<string>, there: ReadonlySet<string>) =>
  [...wanted].filter((upid) => !there.has(upid));

test('killed with an open session and running tasks: the same page goes on, the same session holds', async ({
  page,
}) => {
  test.setTimeout(60_000);
  const puppet = stage.world.puppet({ type: 'vzdump', id: '100' });
  puppet.write('INFO: line 1\n');
  await stage.known(puppet);
  await stage.enter(page, PEOPLE.root);
  const task = new TaskPage(page);
  await task.open(puppet);
  await expect(task.line(1)).toHaveText('INFO: line 1');

  await stage.product.kill();
  puppet.write('INFO: line 2\nINFO: line 3\n');
  await stage.startProduct();
  puppet.write('INFO: line 4\n');
  await expect(task.line(4)).toHaveText('INFO: line 4', { timeout: 20_000 });
  expect((await task.lines()).map(({ text }) => text)).toEqual([1, 2, 3, 4].map((n) => `INFO: line ${n}`));
  puppet.end();
  await expect(task.line(5)).toHaveText('TASK OK');
  await page.goto('/tasks');
  await expect(new TaskListPage(page).row(puppet)).toContainText('OK');
});

test('an open list goes on as well', async ({ page }) => {
  test.setTimeout(60_000);
  await stage.enter(page, PEOPLE.root);
  const list = new TaskListPage(page);
  await expect(list.live).toBeVisible();
  await stage.product.kill();
  const puppet = stage.world.puppet({ type: 'aptupdate' });
  await stage.startProduct();
  await expect(list.newTasks).toBeVisible({ timeout: 30_000 });
  await list.newTasks.click();
  await expect(list.row(puppet).getByRole('img', { name: 'Running' })).toBeVisible();
  puppet.end();
  await expect(list.row(puppet)).toContainText('OK');
});

test('killed at any moment, no archived task and no log is lost, and the start needs no repair', async () => {
  test.setTimeout(20_000 + ROUNDS * 10_000);
  const client = await stage.client(PEOPLE.root);
  let before = await keptBy(client);
  const started = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let n = 0; n < 15; n += 1) {
      const script = ticks(3 + n, 30 + 10 * n);
      started.add(stage.world.start({ type: 'qmsnapshot', id: '100', node: n % 2 ? 'pve1' : 'pve2', script }).upid);
    }
    const momentMs = (round * 379) % 1_500; // in the middle of writing, each time elsewhere
    await new Promise((resolve) => setTimeout(resolve, momentMs));
    const last = await keptBy(client);
    await stage.product.kill();
    await stage.startProduct();
    const now = await keptBy(client); // by the session of before
    const lost = missing([...before.tasks, ...last.tasks], now.tasks);
    const lostLogs = missing([...before.logs, ...last.logs], now.logs);
    expect({ round, lost, lostLogs }).toEqual({ round, lost: [], lostLogs: [] });
    before = now;
  }
  await expect.poll(async () => missing(started, (await keptBy(client)).logs), { timeout: 20_000 }).toEqual([]);
  expect(stage.product.output()).not.toMatch(/repair|corrupt|malformed/i);
});

test('asked to stop, the product ends in time although a stream is open', async () => {
  const client = await stage.client(PEOPLE.root);
  const stream = client.events('/api/tasks/stream', new AbortController().signal);
  expect((await stream.next()).done).toBe(false);
  const began = performance.now();
  await stage.product.stop();
  expect(performance.now() - began).toBeLessThan(5_000);
});

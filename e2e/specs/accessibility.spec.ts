import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { SignInPage } from '@/e2e/pages/sign-in-page';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { TaskPage } from '@/e2e/pages/task-page';
import { strangeBytes } from '@/e2e/simulator/logs/odd';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';
import type { Puppet } from '@/e2e/support/world';

const upids: Record<'running' | 'failed' | 'done' | 'strange', string> = {
  running: '',
  failed: '',
  done: '',
  strange: '',
};
let running: Puppet;

const stage = setTheStage({
  args: ['--clusters', 'lab,oslo-edge', '--scenario', 'quiet'],
  before(world) {
    const at = (n: number) => new Date(Date.now() - n * 1000);
    const failed = {
      type: 'vzdump',
      id: '100',
      status: 'job errors',
      text: 'INFO: starting\nERROR: Backup of VM 100 failed - no space left\nWARN: half done\n',
    };
    upids.failed = world.past({ ...failed, startedAt: at(20), seconds: 3 }).upid;
    upids.done = world.past({ type: 'qmstart', id: '101', startedAt: at(15), seconds: 3 }).upid;
    upids.strange = world.start({
      type: 'imgcopy',
      script: function* once(run) {
        for (const step of strangeBytes(run)) yield { ...step, afterMs: 0 };
        return { status: 'WARNINGS: 2' };
      },
    }).upid;
    running = world.puppet({ type: 'vzdump', id: '102' });
    for (let n = 0; n < 40; n += 1) running.write(`INFO: ${n}% (1.0 GiB of 32.0 GiB) in ${n}s\n`);
    upids.running = running.upid;
  },
});

const taskAt = (upid: string) => `/tasks/lab/${encodeURIComponent(upid)}`;

const LOOKS = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
] as const;

/** An answer that is an error by intent: the browser says so in its console. */
const EXPECTED = /^Failed to load resource: the server responded with a status of 4\d\d/;

let complaints: string[];
test.beforeEach(async ({ page }) => {
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  await page.exposeFunction('complain', (text: string) => void complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      // @ts-expect-error the function that the test has exposed
      window.complain(`CSP: ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
});

/**
 * Looks at the page as it is, wide and narrow, in both themes (which differ in contrast alone): nothing serious by axe,
 * nothing beyond the width, no complaint.
 */
async function expectAccessible(page: Page): Promise<void> {
  for (const { width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
      );
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ page: page.url(), width, colorScheme, serious, beyond: Math.max(beyond, 0) }).toEqual({
      page: page.url(),
      width,
      colorScheme,
      serious: [],
      beyond: 0,
    });
  }
  expect(complaints).toEqual([]);
}

test('signing in: the form, a refusal, the second factor', async ({ page }) => {
  test.setTimeout(60_000);
  const form = new SignInPage(page);
  await form.open();
  await expectAccessible(page);
  await form.sendPassword({ ...PEOPLE.root, password: 'wrong', cluster: 'lab' });
  await expect(form.problem).toBeVisible();
  await expectAccessible(page);
  await form.sendPassword({ ...PEOPLE.totp, cluster: 'lab' });
  await expect(form.heading).toHaveText('Second factor');
  await expectAccessible(page);
});

test('the UPID page, before and after something was pasted', async ({ page }) => {
  await page.goto('/upid');
  await expectAccessible(page);
  await page.goto(`/upid?upid=${encodeURIComponent(upids.failed)}`);
  await expect(page.getByRole('main')).toContainText('VM/CT 100 - Backup');
  await expectAccessible(page);
});

test('the list: full, refused, empty, with a menu and the keys open', async ({ page }) => {
  test.setTimeout(90_000);
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  const list = new TaskListPage(page);
  await expect(list.tasks).toHaveCount(50);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(page);
  await list.open('/tasks?search=result+%3D+maybe');
  await expect(page.getByTestId('refused')).toBeVisible();
  await expectAccessible(page);
  await list.open('/tasks?search=label+%3D+nothing+and+state+%3D+stopped');
  await expect(page.getByRole('heading', { name: 'No task matches' })).toBeVisible();
  await expectAccessible(page);
});

test('the list at work: values, columns, numbers, a menu, a selection and what it stops', async ({ page }) => {
  test.setTimeout(180_000);
  await stage.signIn(page, { ...PEOPLE.root, cluster: 'lab' });
  const list = new TaskListPage(page);
  await expect(list.tasks).toHaveCount(50);
  const wide = () => page.setViewportSize({ width: 1440, height: 900 });
  const open = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const closed = async () => {
    await page.keyboard.press('Escape');
    await expect(page.locator('[role=dialog], [role=menu]')).toHaveCount(0);
  };
  await wide();
  await open('Columns');
  await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
  await expectAccessible(page);
  await wide();
  await closed();
  await open('Show as numbers');
  await expect(page.getByRole('dialog', { name: 'Tasks by start' })).toBeVisible();
  await expectAccessible(page);
  await closed();
  await wide();
  await open('Values');
  await expect(page.getByRole('complementary', { name: 'Values' })).toContainText('vzdump');
  await list.tasks.first().hover();
  await list.row({ upid: upids.running }).getByRole('checkbox').check();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await open('Values');
  await expect(page.getByRole('dialog', { name: 'Values' })).toContainText('vzdump');
  await expectAccessible(page);
  await closed();
  await open('Stop …');
  await expect(page.getByRole('dialog', { name: 'Stop 1 running task?' })).toBeVisible();
  await expectAccessible(page);
});

test('a task: running, failed, done, with a strange log, not there', async ({ page }) => {
  test.setTimeout(120_000);
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  const task = new TaskPage(page);
  await page.goto(taskAt(upids.running));
  await expect(task.line(40)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Stop...' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  for (const upid of [upids.failed, upids.done, upids.strange]) {
    await page.goto(taskAt(upid));
    await expect(task.line(1)).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto(taskAt(upids.done.replace('qmstart', 'qmstop')));
  await expect(page.getByRole('heading', { name: 'There is no such task' })).toBeVisible();
  await expectAccessible(page);
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test('the clusters, and the list while one of them is away', async ({ page }) => {
  test.setTimeout(90_000);
  await stage.enter(page, { ...PEOPLE.root, cluster: 'lab' });
  await page.goto('/clusters');
  await expect(page.getByRole('region', { name: 'lab' })).toContainText('answering');
  await expectAccessible(page);
  await page.goto('/sign-in?also=oslo-edge');
  await expect(page.getByRole('heading', { name: 'Sign in to' })).toBeVisible();
  await expectAccessible(page);
  await stage.world.setCluster('down', 'lab');
  await page.goto('/tasks');
  await expect(page.getByText('lab has not answered')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await page.goto('/clusters');
  await expect(page.getByRole('region', { name: 'lab' })).toContainText('no answer since');
  await expectAccessible(page);
  await stage.world.setCluster('up', 'lab');
});

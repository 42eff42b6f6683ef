import { expect } from '@playwright/test';
import { SignInPage } from '@/e2e/pages/sign-in-page';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { totpCode } from '@/e2e/simulator/access/totp';
import { ApiClient } from '@/e2e/support/api-client';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const REFUSED = 'Proxmox did not accept this user, password or code. It does not say which.';
const stage = setTheStage({
  args: ['--clusters', 'lab,oslo-edge'],
  before(world) {
    world.past({ cluster: 'lab', type: 'qmstart', id: '100', startedAt: new Date(Date.now() - 60_000), seconds: 2 });
    world.past({
      cluster: 'oslo-edge',
      type: 'qmstop',
      id: '101',
      startedAt: new Date(Date.now() - 50_000),
      seconds: 2,
    });
  },
});

const factors = () => {
  const { tfa } = stage.world.users.find(({ user }) => user === PEOPLE.totp.user) ?? {};
  return tfa as { totp: string; recovery: string[] };
};

test('a password leads to the tasks', async ({ page }) => {
  const form = new SignInPage(page);
  await form.open();
  await form.sendPassword({ ...PEOPLE.root, cluster: 'lab' });
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(new TaskListPage(page).tasks).toHaveCount(1);
});

test('the realms are those of the cluster, and one that cannot be used says why', async ({ page }) => {
  const form = new SignInPage(page);
  await form.open();
  await expect(form.realm.locator('option')).toHaveCount(4);
  await expect(form.realm.locator('option[value="sso"]')).toBeDisabled();
  await expect(page.getByText(/OpenID/)).toBeVisible();
});

test('a code of the authenticator is a second step; a wrong one can be tried again', async ({ page }) => {
  const form = new SignInPage(page);
  await form.open();
  await form.sendPassword({ ...PEOPLE.totp, cluster: 'lab' });
  await expect(form.heading).toHaveText('Second factor');
  await form.code.fill('000000');
  await form.send();
  await expect(form.problem).toContainText('That code was not accepted.');
  await form.code.fill(totpCode(factors().totp, Date.now() / 1000));
  await form.send();
  await expect(page).toHaveURL(/\/tasks$/);
});

test('a recovery key is a second factor too, once', async ({ page }) => {
  const [key = ''] = factors().recovery;
  const form = new SignInPage(page);
  for (const outcome of ['in', 'refused'] as const) {
    await page.context().clearCookies();
    await form.open();
    await form.sendPassword({ ...PEOPLE.totp, cluster: 'lab' });
    await page.getByText('Recovery key', { exact: true }).click();
    await form.recoveryKey.fill(key);
    await form.send();
    if (outcome === 'in') await expect(page).toHaveURL(/\/tasks$/);
    else await expect(form.problem).toContainText('That code was not accepted.');
  }
});

test('who has only a security key is told that it works at the address of Proxmox alone', async ({ page }) => {
  const form = new SignInPage(page);
  await form.open();
  await form.sendPassword({ user: 'passkey@pve', password: 'passkey-demo', cluster: 'lab' });
  await expect(page.getByText('This account has only a security key')).toBeVisible();
});

test('wrong password, unknown and disabled user are refused with one text', async ({ page }) => {
  const form = new SignInPage(page);
  await form.open();
  const tries = ['root@pam', 'nobody-here@pve', 'disabled@pve'];
  for (const user of tries) {
    await form.sendPassword({ user, password: 'wrong', cluster: 'lab' });
    await expect(form.problem).toHaveText(REFUSED);
    await page.reload();
  }
});

test('a cluster that is away is another text, and the other one can be chosen', async ({ page }) => {
  const form = new SignInPage(page);
  await form.open();
  await stage.world.setCluster('down', 'oslo-edge');
  try {
    await form.sendPassword({ ...PEOPLE.root, cluster: 'oslo-edge' });
    await expect(form.problem).toContainText('does not answer; choose another cluster');
    await form.sendPassword({ ...PEOPLE.root, cluster: 'lab' });
    await expect(page).toHaveURL(/\/tasks$/);
  } finally {
    await stage.world.setCluster('up', 'oslo-edge');
  }
});

test('one lands on the address first asked for, its search included', async ({ page }) => {
  await stage.signIn(page, { ...PEOPLE.root, cluster: 'lab' }, '/tasks?search=label+%3D+qmstart');
  const list = new TaskListPage(page);
  await expect(list.search).toHaveValue('label = qmstart');
  await expect(list.tasks).toHaveCount(1);
});

test('signing out destroys the session: its cookie opens nothing any more', async ({ page, playwright }) => {
  await stage.signIn(page, { ...PEOPLE.root, cluster: 'lab' });
  const before = await page.context().cookies();
  await page.getByRole('button', { name: PEOPLE.root.user }).click();
  await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  const cookie = before.map(({ name, value }) => `${name}=${value}`).join('; ');
  const thief = await playwright.request.newContext({ extraHTTPHeaders: { cookie } });
  const answer = await thief.get(`${stage.url}/api/tasks`);
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: 'signed_out' } });
  await page.goto('/tasks');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('signing in to one more cluster adds its tasks, and out of it takes them away', async ({ page }) => {
  await stage.signIn(page, { ...PEOPLE.root, cluster: 'lab' });
  const list = new TaskListPage(page);
  await expect(list.tasks).toHaveCount(1);
  await page.getByRole('button', { name: PEOPLE.root.user }).click();
  await page.getByRole('menuitem', { name: 'Sign in to oslo-edge too' }).click();
  await new SignInPage(page).sendPassword(PEOPLE.admin);
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(list.tasks).toHaveCount(2);
  await page.getByRole('button', { name: PEOPLE.root.user }).click();
  await page.getByRole('menuitem', { name: /Sign out of oslo-edge/ }).click();
  await expect(list.tasks).toHaveCount(1);
});

test('guesses reach Proxmox in a bounded number, and a browser that signed in before still gets in', async ({
  page,
  browser,
}) => {
  await stage.signIn(page, { ...PEOPLE.admin, cluster: 'lab' });
  stage.world.simulator.engine.stats.reset();
  const guesser = new ApiClient(stage.url);
  const guess = { cluster: 'lab', realm: 'pve', username: 'admin' };
  const told = await Promise.all(
    Array.from({ length: 30 }, (_, n) => guesser.signIn({ ...guess, password: `guess ${n}` })),
  );
  expect(told.filter((error) => error === 'REFUSED').length).toBeLessThanOrEqual(10);
  expect(told.filter((error) => /^THROTTLED:\d+$/.test(error ?? '')).length).toBeGreaterThanOrEqual(20);
  const asked = stage.world.asked(({ call }) => call === 'POST /access/ticket');
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThanOrEqual(10);
  const stranger = await browser.newPage({ baseURL: stage.url });
  const form = new SignInPage(stranger);
  await form.open();
  await form.sendPassword({ ...PEOPLE.admin, cluster: 'lab' });
  await expect(form.problem).toHaveText(/^Too many tries\. The next one is possible in \d+ s\.$/);
  await stranger.close();
  // The session goes, the mark of a known browser stays.
  await page.context().clearCookies({ name: /session/ });
  await stage.signIn(page, { ...PEOPLE.admin, cluster: 'lab' });
  await expect(new TaskListPage(page).tasks).toHaveCount(1);
});

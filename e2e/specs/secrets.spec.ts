import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { SignInPage } from '@/e2e/pages/sign-in-page';
import { TaskPage } from '@/e2e/pages/task-page';
import { signTicket } from '@/e2e/simulator/access/tickets';
import { totpCode } from '@/e2e/simulator/access/totp';
import { ApiClient } from '@/e2e/support/api-client';
import { type Canary, found, handedOut, kept } from '@/e2e/support/canaries';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';

const WHO = [PEOPLE.root.user, PEOPLE.noc.user, PEOPLE.totp.user, PEOPLE.admin.user];
const TOKEN = 'admin@pve!full=0d5a3c1e-77b2-4f0a-9f0c-111111111101';

const began = Date.now();
const stage = setTheStage({
  args: ['--clusters', 'lab,oslo-edge'],
  settings: { log_level: 'debug' },
  before(world) {
    world.past({ type: 'qmstart', id: '100', startedAt: new Date(Date.now() - 60_000), seconds: 2, text: 'a line\n' });
  },
});

const seen: { where: string; text: string }[] = [];
const canaries = (): Canary[] => [...handedOut(stage.world, WHO, began), ...kept(stage.world)];

/** Keeps every answer that a page gets, with its headers, and what the page shows and stores. */
function listenTo(page: Page): void {
  page.on('response', async (response) => {
    const headers = await response.allHeaders().catch(() => ({}));
    const isStream = JSON.stringify(headers).includes('text/event-stream');
    const body = isStream ? '' : await response.text().catch(() => '');
    seen.push({ where: response.url(), text: `${JSON.stringify(headers)}\n${body}` });
  });
  page.on('console', (message) => void seen.push({ where: 'console', text: message.text() }));
}

async function keepPage(page: Page): Promise<void> {
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  const cookies = JSON.stringify(await page.context().cookies());
  seen.push({ where: page.url(), text: `${await page.content()}\n${stored}\n${cookies}` });
}

async function ask(client: ApiClient, path: string, init?: RequestInit): Promise<void> {
  const response = await client.ask(path, init);
  seen.push({ where: path, text: `${JSON.stringify([...response.headers])}\n${await response.text()}` });
}

async function listen(client: ApiClient, path: string): Promise<void> {
  const abort = AbortSignal.timeout(3_000);
  try {
    for await (const event of client.events(path, abort)) seen.push({ where: path, text: JSON.stringify(event) });
  } catch (error) {
    if (!abort.aborted) throw error;
  }
}

test('the canaries sing: a ticket, a token and a password are found where they are', () => {
  const { key } = stage.world.cluster().accounts;
  const ticket = signTicket(key, PEOPLE.root.user, Math.floor(Date.now() / 1000));
  const all = canaries();
  expect(found(`{"t":"${encodeURIComponent(ticket)}"}`, all)).toContain('ticket of root@pam in lab');
  expect(found(ticket.slice(20), all)).toContain('ticket of root@pam in lab');
  expect(found(Buffer.from('noc-demo, and more').toString(), all)).toContain('password of noc@corp-ldap');
  expect(found(`=${TOKEN.split('=')[1]}`, all)).toContain('token admin@pve!full');
  expect(found('nothing to see', all)).toEqual([]);
});

test('no ticket, CSRF token, API token or password is in a page, an answer, a header or an error', async ({ page }) => {
  test.setTimeout(90_000);
  listenTo(page);
  const puppet = stage.world.puppet({ type: 'qmclone', id: '100' });
  puppet.write('a line\n');
  await stage.known(puppet);
  const form = new SignInPage(page);
  await form.open();
  await form.sendPassword({ user: PEOPLE.totp.user, password: 'wrong', cluster: 'lab' });
  await expect(form.problem).toBeVisible();
  await keepPage(page);
  await form.sendPassword({ ...PEOPLE.totp, cluster: 'lab' });
  await expect(form.heading).toHaveText('Second factor');
  await keepPage(page);
  const { totp = '' } = stage.world.cluster().accounts.users.get(PEOPLE.totp.user)?.factors ?? {};
  await form.code.fill(totpCode(totp, Date.now() / 1000));
  await form.send();
  await expect(page).toHaveURL(/\/tasks$/);
  await keepPage(page);
  const task = new TaskPage(page);
  await task.open(puppet);
  await expect(task.line(1)).toHaveText('a line');
  await page.getByRole('button', { name: 'Stop...' }).click();
  await page.getByRole('button', { name: 'Stop the task' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await keepPage(page);
  await page.goto('/clusters');
  await expect(page.getByRole('heading', { name: 'Clusters' })).toBeVisible();
  await keepPage(page);

  const address = `/api/tasks/lab/${encodeURIComponent(puppet.upid)}`;
  const root = await stage.client(PEOPLE.root);
  const nobody = new ApiClient(stage.url);
  for (const client of [root, stage.script(TOKEN, 'lab'), stage.script(`${TOKEN}x`, 'lab'), nobody]) {
    for (const path of [
      '/api/tasks',
      '/api/session',
      '/api/clusters',
      '/api/health/ready',
      '/api/openapi.json',
      address,
      `${address}/log`,
      `${address}/log/raw`,
    ])
      await ask(client, path);
  }
  await ask(root, '/api/auth/session');
  await ask(root, '/api/session/clusters', {
    method: 'POST',
    headers: { origin: stage.url, 'content-type': 'application/json' },
    body: JSON.stringify({ cluster: 'oslo-edge', realm: 'pam', username: 'root', password: PEOPLE.root.password }),
  });
  await stage.world.setCluster('down', 'oslo-edge');
  await ask(root, '/api/session/clusters', {
    method: 'POST',
    headers: { origin: stage.url, 'content-type': 'application/json' },
    body: JSON.stringify({ cluster: 'oslo-edge', realm: 'pve', username: 'admin', password: PEOPLE.admin.password }),
  });
  await Promise.all([listen(root, '/api/tasks/stream'), listen(root, `${address}/log/stream`)]);
  puppet.end();

  const all = canaries();
  expect(seen.length).toBeGreaterThan(60);
  const leaks = seen.flatMap(({ where, text }) => found(text, all).map((name) => `${name}: ${where}`));
  expect(leaks).toEqual([]);
});

test('none is in what the product wrote: its log, and every file of its data folder', () => {
  const all = canaries();
  expect(stage.product.output()).toContain('signed in');
  expect(found(stage.product.output(), all)).toEqual([]);
  const data = join(stage.folder, 'data');
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(data, file)).isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(statSync(data).mode & 0o077).toBe(0); // nobody else may look
  for (const file of files) {
    expect({ file, leaks: found(readFileSync(join(data, file), 'latin1'), all) }).toEqual({ file, leaks: [] });
  }
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SignInPage } from '@/e2e/pages/sign-in-page';
import { TaskListPage } from '@/e2e/pages/task-list-page';
import { TaskPage } from '@/e2e/pages/task-page';
import { location, startNginx } from '@/e2e/support/nginx';
import { freePort, type Product, startProduct } from '@/e2e/support/product';
import { buildForSubPath } from '@/e2e/support/sub-path-build';
import { openWorld, type World } from '@/e2e/support/world';

const ROOT_USER = { user: 'root@pam', password: 'root-demo', cluster: 'lab' };

/** The product behind Debian's nginx with TLS, as docs/reverse-proxy.md describes it. */
type Site = { url: string; origin: string; world: World; product: Product; close(): Promise<void> };

async function openSite(basePath: string): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'taskscope-nginx-'));
  const root = join(folder, 'project');
  if (basePath) buildForSubPath(root, basePath);
  const world = await openWorld();
  const tlsPort = await freePort();
  const origin = `https://127.0.0.1:${tlsPort}`;
  const config = join(folder, 'config.yaml'); // JSON is YAML
  const clusters = world.clusters.map(({ id, urls, fingerprints, token }) => ({
    id,
    urls,
    fingerprints,
    token,
    poll_seconds: 1,
  }));
  writeFileSync(config, JSON.stringify({ clusters, public_url: origin + basePath, trusted_proxies: ['127.0.0.1'] }));
  const env = { CONFIG_FILE: config, DATA_DIR: join(folder, 'data'), BASE_PATH: basePath };
  const product = await startProduct({ env, ...(basePath ? { root } : {}) });
  const stopNginx = await startNginx(join(folder, 'nginx'), tlsPort, location(`${basePath}/`, product.port));
  const close = async () => {
    await stopNginx();
    await product.stop();
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: origin + basePath, origin, world, product, close };
}

test.use({ ignoreHTTPSErrors: true });

for (const basePath of ['', '/ops/tasks-ui']) {
  test.describe(basePath ? `below ${basePath}` : 'at the root of a host', () => {
    let site: Site;
    test.beforeAll(async () => {
      test.setTimeout(240_000); // below a path it is built once more
      site = await openSite(basePath);
    });
    test.afterAll(() => site?.close());

    test('sign-in leads to the address first asked for, and nothing is asked of another place', async ({
      page,
      context,
    }) => {
      const strayed: string[] = [];
      const broken: string[] = [];
      page.on('request', (request) => request.url().startsWith(site.url) || strayed.push(request.url()));
      page.on(
        'response',
        (response) => response.status() < 400 || broken.push(`${response.status()} ${response.url()}`),
      );
      page.on('console', (message) => message.type() !== 'error' || broken.push(message.text()));
      await page.goto(`${site.url}/tasks?search=label+%3D+vzdump`);
      await new SignInPage(page).sendPassword(ROOT_USER);
      await expect(page).toHaveURL(`${site.url}/tasks?search=label+%3D+vzdump`);
      await expect(page.getByText('Live', { exact: true })).toBeVisible();
      expect({ strayed, broken }).toEqual({ strayed: [], broken: [] });
      const session = (await context.cookies()).find(({ name }) => name.startsWith('__Secure-taskscope'));
      expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: basePath || '/' });
    });

    test('rows and lines arrive while they happen, a log can be taken away, a task stopped', async ({ page }) => {
      const list = new TaskListPage(page);
      await page.goto(`${site.url}/tasks`);
      await new SignInPage(page).sendPassword(ROOT_USER);
      await expect(page.getByText('Live', { exact: true })).toBeVisible();
      const puppet = site.world.puppet({ type: 'vzdump', id: '100' });
      await expect(list.row(puppet)).toBeVisible(); // the list was empty, so it moves nothing that is being read
      await list.row(puppet).locator('a[href*="/tasks/lab/"]').first().click();
      const task = new TaskPage(page);
      for (let n = 1; n <= 3; n += 1) {
        puppet.write(`INFO: this is line ${n}\n`);
        await expect(task.line(n)).toHaveText(`INFO: this is line ${n}`);
      }
      const api = `${site.url}/api/tasks/lab/${encodeURIComponent(puppet.upid)}`;
      const ask = (path: string, method: string) =>
        page.evaluate(async ([url, verb]) => (await fetch(url, { method: verb })).status, [
          api + path,
          method,
        ] as const);
      expect(await ask('/log/raw', 'GET')).toBe(200);
      expect(await ask('', 'DELETE')).toBe(202);
      await expect(task.outcome).toContainText(/cancel|stopp|interrupt/i);
    });

    test('a write from a page of another origin is refused', async ({ page, context }) => {
      await page.goto(`${site.url}/tasks`);
      await new SignInPage(page).sendPassword(ROOT_USER);
      await expect(page).toHaveURL(/\/tasks$/);
      for (const origin of ['https://evil.example', 'null', site.product.url]) {
        const answer = await context.request.post(`${site.url}/api/tasks/bulk-stop`, {
          headers: { origin },
          data: { tasks: [] },
        });
        expect(answer.status(), origin).toBe(403);
      }
    });

    test('pages carry the policy and the headers, and ask browsers to stay on https', async ({ request }) => {
      const headers = (await request.get(`${site.url}/sign-in`)).headers();
      expect(headers).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toMatch(
        /script-src 'self' 'nonce-[^']+' 'strict-dynamic'; .*frame-ancestors 'none'/,
      );
    });
  });
}

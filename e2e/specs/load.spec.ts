import { expect } from '@playwright/test';
import type { ApiClient } from '@/e2e/support/api-client';
import { PEOPLE, setTheStage, test } from '@/e2e/support/stage';
import type { Puppet } from '@/e2e/support/world';

const BROWSERS = 50;
const WINDOW_MS = 8_000;

const stage = setTheStage();

type Browser = { lines: Set<number>; close(): void };

/** What an open browser holds: the list's stream, and the log of a task that it is looking at. */
function open(client: ApiClient, upid: string): Browser {
  const abort = new AbortController();
  const lines = new Set<number>();
  const follow = async (path: string) => {
    for await (const { event, data } of client.events(path, abort.signal)) {
      if (event === 'lines') for (const { n } of (data as { lines: { n: number }[] }).lines) lines.add(n);
    }
  };
  const address = `/api/tasks/lab/${encodeURIComponent(upid)}/log/stream`;
  for (const path of ['/api/tasks/stream', address]) {
    follow(path).catch((error: unknown) => {
      if (!abort.signal.aborted) throw error;
    });
  }
  return { lines, close: () => abort.abort() };
}

/** What Proxmox is asked while a log grows by a line each second, by whom and for what. */
async function costOf(browsers: readonly Browser[], puppet: Puppet, from: number) {
  const { stats } = stage.world.simulator.engine;
  stats.reset();
  const began = performance.now();
  let n = from;
  while (performance.now() - began < WINDOW_MS) {
    n += 1;
    puppet.write(`INFO: line ${n}\n`);
    await expect
      .poll(() => browsers.every(({ lines }) => lines.has(n)), { timeout: 20_000, intervals: [50] })
      .toBe(true);
  }
  const perSecond = (count: number) => count / ((performance.now() - began) / 1000);
  const isCollector = (who: string) => who.startsWith('taskscope@pve');
  return {
    lines: n,
    collector: perSecond(stage.world.asked(({ who }) => isCollector(who))),
    viewers: stage.world.asked(({ who }) => who !== '' && !isCollector(who)),
    logs: perSecond(stage.world.asked(({ call }) => call.endsWith('/log'))),
  };
}

test('fifty open browsers cost Proxmox no more than one, but for the rights of each viewer', async () => {
  test.setTimeout(150_000);
  const puppet = stage.world.puppet({ type: 'vzdump', id: '100' });
  await stage.known(puppet);
  const people = [PEOPLE.root, PEOPLE.admin, PEOPLE.noc, PEOPLE.auditor];
  const one = open(await stage.client(PEOPLE.root), puppet.upid);
  const alone = await costOf([one], puppet, 0);

  const others = await Promise.all(
    Array.from({ length: BROWSERS - 1 }, async (_, at) => {
      const client = await stage.client(people[at % people.length] ?? PEOPLE.root);
      return { client, browser: open(client, puppet.upid) };
    }),
  );
  const all = [one, ...others.map(({ browser }) => browser)];
  await expect.poll(() => all.every(({ lines }) => lines.has(alone.lines)), { timeout: 30_000 }).toBe(true);
  const together = await costOf(all, puppet, alone.lines);
  console.log(`one browser: ${JSON.stringify(alone)}`, `fifty: ${JSON.stringify(together)}`);

  expect(together.collector).toBeLessThanOrEqual(alone.collector * 1.25 + 0.5);
  expect(together.logs).toBeLessThanOrEqual(alone.logs * 1.25 + 0.25);
  // Each person's rights once a minute, two calls each, however many browsers they have open.
  expect(together.viewers).toBeLessThanOrEqual(people.length * 2);
  for (const browser of all) browser.close();
  puppet.end();
});

import { expect, test } from 'vitest';
import type { LogPage } from '@/lib/services/collector/reads';
import { SharedPages } from './shared-pages';

const REF = { cluster: 'lab', upid: 'UPID:a' };

/** A cluster that answers only when it is told to. */
function aSlowCluster() {
  const asked: { node: string; answer: () => void }[] = [];
  const pages = new SharedPages(
    () => ({
      logPage: (node) =>
        new Promise<LogPage>((resolve) => {
          asked.push({ node, answer: () => resolve({ lines: [], total: 0, missing: false }) });
        }),
    }),
    () => 0,
  );
  const read = (skip: number, node = 'pve1') => pages.read(REF, node, { skip, limit: 1, ended: false });
  return { asked, read };
}

const settled = () => new Promise(setImmediate);

test('who asks for many windows at once leaves room for others: each node is asked for one after another', async () => {
  const { asked, read } = aSlowCluster();
  const all = Promise.all([read(0), read(0), read(1), read(2), read(0, 'pve2')]);
  await settled();
  expect(asked.map(({ node }) => node)).toEqual(['pve1', 'pve2']);
  for (let n = 0; n < 4; n += 1) {
    asked[n]?.answer();
    await settled();
  }
  expect(await all).toHaveLength(5);
  expect(asked).toHaveLength(4);
});

test('a line that is too long is no line: who comes then is told so', async () => {
  const { asked, read } = aSlowCluster();
  const reads = Array.from({ length: 40 }, (_, skip) =>
    (async () => read(skip))().then(
      () => 'read',
      () => 'refused',
    ),
  );
  await settled();
  for (let n = 0; n < 40; n += 1) {
    asked[n]?.answer();
    await settled();
  }
  const outcomes = await Promise.all(reads);
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(8);
  const later = read(100);
  await settled();
  asked.at(-1)?.answer();
  await expect(later).resolves.toMatchObject({ total: 0 });
});

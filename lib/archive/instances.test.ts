import { afterEach, expect, test } from 'vitest';
import type { SeenTask } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import {
  aGuest,
  anArchive,
  anAuditor,
  aRequest,
  aSave,
  aTask,
  aView,
  behindItsBack,
  guestsOf,
  NOW,
  type TestArchive,
} from './an-archive.test-support';
import type { ArchiveChange } from './archive';

const opened: TestArchive[] = [];
afterEach(async () => {
  for (const archive of opened.splice(0).reverse()) await archive[Symbol.asyncDispose]();
});

/** Two instances on one Postgres. */
async function two(): Promise<[TestArchive, TestArchive]> {
  const first = await anArchive('Postgres');
  opened.push(first);
  const second = await anArchive(first.place);
  opened.push(second);
  return [first, second];
}

const ref = (task: SeenTask) => ({ cluster: 'lab', upid: task.upid.text });

const tasksOf = (count: number, node = 'pve1') =>
  Array.from({ length: count }, (_, n) => aTask({ node, startTime: epochSeconds(NOW - (n % 50)), id: `${100 + n}` }));

async function upids(archive: TestArchive): Promise<string[]> {
  const { tasks } = await archive.searchTasks(aRequest({ perPage: 5000 }));
  return tasks.map((task) => task.upid).sort();
}

function heard(archive: TestArchive): { ids: Set<number>; missed: number } {
  const all = { ids: new Set<number>(), missed: 0 };
  archive.onChange((change: ArchiveChange) => {
    for (const id of change.archiveIds) all.ids.add(id);
    if (change.missed) all.missed += 1;
  });
  return all;
}

test('what one saves the other tells, finds and counts, entries of every dictionary included', async () => {
  const [a, b] = await two();
  const told = heard(b);
  const task = aTask({ node: 'new-node', type: 'vzdump', user: 'new@pve', status: 'new end' });
  const guests = guestsOf(aGuest({ vmid: 100, name: 'new-guest' }));
  await a.saveTasks(aSave([task], { guests }));
  const kept = await b.getTask(anAuditor(), ref(task));
  expect(kept).toMatchObject({
    node: 'new-node',
    user: 'new@pve',
    exitStatus: 'new end',
    guest: { name: 'new-guest' },
  });
  await expect.poll(() => [...told.ids]).toEqual([kept?.archiveId]);
  const text = {
    kind: 'text',
    field: 'action',
    not: false,
    any: [{ how: 'equal', value: 'VM/CT 100 - Backup' }],
  } as const;
  for (const archive of [a, b]) {
    const found = await archive.searchTasks(aRequest({ query: text }));
    expect(found.total).toEqual({ count: 1, exact: true });
    expect(found.tasks).toHaveLength(1);
  }
});

test('sweeps of both at the same time give every task once, the same ids and the same counts', async () => {
  const [a, b] = await two();
  const world = [...tasksOf(300, 'pve1'), ...tasksOf(300, 'pve2')];
  const running = world.map(({ upid }) => ({ upid }));
  const parts = (from: readonly SeenTask[]) => [0, 1, 2, 3, 4].map((n) => from.filter((_, at) => at % 5 !== n));
  await Promise.all([
    ...parts(running).map((part) => a.saveTasks(aSave(part))),
    ...parts(world).map((part) => b.saveTasks(aSave(part))),
  ]);
  const expected = world.map((task) => task.upid.text).sort();
  for (const archive of [a, b]) {
    await expect.poll(async () => (await archive.searchTasks(aRequest())).total).toEqual({ count: 600, exact: true });
    expect(await upids(archive)).toEqual(expected);
    expect(await archive.runningTasks('lab')).toEqual([]);
  }
  const twice = 'select count(*)::int as n from (select cluster, name, listed_by from node group by 1, 2, 3) as x';
  expect(await behindItsBack(a.place, twice)).toEqual([{ n: 2 }]);
});

test('a viewer never sees tasks of nodes that the other instance has just met', async () => {
  const [a, b] = await two();
  await a.saveTasks(aSave(tasksOf(5)));
  const view = aView({ permissions: { '/nodes/pve1': { 'Sys.Audit': 1 } } });
  const viewer = { clusters: new Map([['lab', view]]) };
  await expect.poll(async () => (await b.searchTasks(aRequest({ viewer }))).total.count).toBe(5);
  let saving = true;
  const saved = (async () => {
    for (let n = 0; n < 40; n += 1)
      await a.saveTasks(aSave([aTask({ node: `secret${n}` })], { listedBy: `secret${n}` }));
    saving = false;
  })();
  while (saving) {
    const { tasks } = await b.searchTasks(aRequest({ viewer }));
    expect(new Set(tasks.map((task) => task.node))).toEqual(new Set(['pve1']));
  }
  await saved;
});

const CUT = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

test('connections that are cut are made again, and what was missed meanwhile is told', {
  timeout: 30_000,
}, async () => {
  const [a, b] = await two();
  const told = heard(b);
  await behindItsBack(a.place, CUT);
  const task = aTask();
  await expect
    .poll(
      () =>
        a.saveTasks(aSave([task])).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  await expect.poll(() => told.ids.size, { timeout: 10_000 }).toBe(1);
  expect(await upids(b)).toEqual([task.upid.text]);
});

test('an instance that was away for too long reads everything anew and says so', { timeout: 30_000 }, async () => {
  const [a, b] = await two();
  const told = heard(b);
  await a.saveTasks(aSave([aTask()]));
  await expect.poll(() => told.ids.size).toBe(1);
  await behindItsBack(a.place, 'alter table change rename to away'); // what follows reaches only the database
  await behindItsBack(
    a.place,
    'alter table away rename to change; insert into change select seq + 5, body from change',
  );
  await behindItsBack(a.place, 'delete from change where seq < (select max(seq) from change)');
  await expect.poll(() => told.missed, { timeout: 10_000 }).toBe(1);
  expect((await b.searchTasks(aRequest())).total.count).toBe(1);
});

test('one log that both fetch is kept once and whole, whoever is slow', async () => {
  const [a, b] = await two();
  const task = aTask();
  await a.saveTasks(aSave([task]));
  const log = Buffer.from(Array.from({ length: 20_000 }, (_, n) => `line ${n} of a log\n`).join(''));
  const go = Promise.withResolvers<void>();
  async function* slow() {
    yield log.subarray(0, 200_000);
    await go.promise;
    yield log.subarray(200_000);
  }
  async function* fast() {
    yield log;
  }
  const first = a.saveLog(ref(task), slow()).then(
    () => 'kept',
    (error) => error.code,
  );
  await expect
    .poll(() => behindItsBack<{ n: number }>(a.place, 'select count(*)::int as n from piece'))
    .not.toEqual([{ n: 0 }]);
  const kept = await b.saveLog(ref(task), fast());
  go.resolve();
  expect(await first).toBe('conflict');
  expect(await a.saveLog(ref(task), fast())).toEqual(kept);
  const read = await a.readLogBytes(anAuditor(), ref(task), { from: 0, to: log.length });
  const blocks: Uint8Array[] = [];
  for await (const block of read?.bytes ?? []) blocks.push(block);
  expect(Buffer.concat(blocks).equals(log)).toBe(true);
  expect(await behindItsBack(a.place, "select name from lease where name like 'log %'")).toEqual([]);
});

test('a session is there for the other at once, and its end is told', async () => {
  const [a, b] = await two();
  const told: (string | null)[] = [];
  b.onSession((id) => told.push(id));
  const session = { id: 's', sealed: new Uint8Array([0, 255, 10]), createdAt: NOW, seenAt: NOW };
  expect(await a.saveSession(session, 'new')).toBe(true);
  expect(await b.findSession('s')).toEqual(session);
  await a.touchSession('s', epochSeconds(NOW - 9)); // the latest use counts
  expect(await b.findSession('s')).toEqual(session);
  await a.deleteSession('s');
  expect(await a.saveSession(session, 'known')).toBe(false);
  expect(await b.findSession('s')).toBeUndefined();
  await expect.poll(() => told).toEqual(['s', 's']);
});

test('one holds a lease until it lets go or is not heard of for its time, and tells the others a note', async () => {
  const [a, b] = await two();
  const lease = (holder: string, ttlMs = 60_000) => ({ name: 'cluster lab', holder, ttlMs });
  expect(await a.acquireLease({ ...lease('a'), note: 'mine' })).toEqual({ held: true });
  expect(await b.acquireLease(lease('b'))).toEqual({ held: false, note: 'mine' });
  expect(await a.acquireLease(lease('a', 50))).toEqual({ held: true });
  await expect.poll(() => b.acquireLease(lease('b'))).toEqual({ held: true });
  expect(await a.acquireLease(lease('a'))).toEqual({ held: false, note: 'mine' });
  await a.releaseLease('cluster lab', 'a'); // not its own any more
  expect(await a.acquireLease(lease('a'))).toMatchObject({ held: false });
  await b.releaseLease('cluster lab', 'b');
  expect(await a.acquireLease(lease('a'))).toEqual({ held: true });
});

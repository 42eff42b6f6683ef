import { describe, expect, test } from 'vitest';
import type { BoundQuery, OrderField } from '@/lib/domain/search/bound';
import type { Task } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import {
  aGuest,
  anArchive,
  aRequest,
  aSave,
  aTask,
  aView,
  ENGINES,
  guestsOf,
  NOW,
  type TestArchive,
} from './an-archive.test-support';

const FIELDS: OrderField[] = ['label', 'action', 'state', 'result', 'started_at', 'ended_at', 'state_updated_at'];
FIELDS.push('duration', 'node', 'cluster', 'user', 'realm', 'token', 'vmid', 'guest', 'pool', 'id', 'upid', 'pid');
FIELDS.push('exitstatus', 'parent_task_id');

const STATUS = ['OK', 'OK', 'OK', 'got timeout', 'WARNINGS: 1', ''];

const tasksOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) =>
    aTask({
      startTime: epochSeconds(NOW - ((at * 7) % 97) - from),
      type: ['qmstart', 'vzdump', 'aptupdate'][at % 3] ?? '',
      id: at % 3 === 2 ? '' : String(100 + (at % 5)),
      user: ['root@pam', 'alice@pve'][at % 2] ?? '',
      status: STATUS[at % 6] ?? '',
      took: (at * 13) % 50,
      ...(at % 4 === 0 ? { token: 'ci' } : {}),
    }),
  );

async function readAll(archive: TestArchive, field: OrderField, descending: boolean, query: BoundQuery) {
  const tasks: Task[] = [];
  let cursor: string | null = null;
  do {
    const at: { page: number } | { cursor: string } = cursor === null ? { page: 1 } : { cursor };
    // Tasks arrive while pages are read: newer ones, and late ones of the past.
    if (tasks.length === 20) await archive.saveTasks(aSave(tasksOf(30, -200)));
    const page = await archive.searchTasks(aRequest({ query, order: { field, descending }, perPage: 10, at }));
    tasks.push(...page.tasks);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return tasks;
}

describe.each(ENGINES)('on %s', (engine) => {
  test.each(FIELDS)('pages by cursor in order of %s hold every task once, while others arrive', async (field) => {
    await using archive = await anArchive(engine);
    const guests = guestsOf(aGuest({ vmid: 100, name: 'b', pool: 'p' }), aGuest({ vmid: 101, name: 'a' }));
    await archive.saveTasks(aSave(tasksOf(90), { guests }));
    const before = new Set((await archive.searchTasks(aRequest({ perPage: 500 }))).tasks.map((task) => task.upid));
    for (const descending of [true, false]) {
      const read = (await readAll(archive, field, descending, { kind: 'all' })).map((task) => task.upid);
      expect(new Set(read).size).toBe(read.length);
      expect(read.filter((upid) => before.has(upid))).toHaveLength(90);
    }
  });

  test('missing values come first ascending and last descending', async () => {
    await using archive = await anArchive(engine);
    await archive.saveTasks(aSave([aTask({ status: '' }), aTask({ took: 5 }), aTask({ took: 3 })]));
    const ends = async (descending: boolean) =>
      (await archive.searchTasks(aRequest({ order: { field: 'ended_at', descending } }))).tasks.map((t) => t.endedAt);
    expect(await ends(false)).toEqual([null, NOW + 3, NOW + 5]);
    expect(await ends(true)).toEqual([NOW + 5, NOW + 3, null]);
  });

  test('texts are ordered by their characters, whatever the collation of the database', async () => {
    await using archive = await anArchive(engine);
    const users = ['b@pam', 'B@pam', 'ä@pam', 'a@pam', '_@pam', 'z@pam', '1@pam'];
    await archive.saveTasks(aSave(users.map((user) => aTask({ user }))));
    const { tasks } = await archive.searchTasks(aRequest({ order: { field: 'user', descending: false } }));
    expect(tasks.map((task) => task.user)).toEqual(users.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('a guest that is not the viewer’s sorts as a missing one', async () => {
    await using archive = await anArchive(engine);
    const guests = guestsOf(aGuest({ vmid: 100, name: 'a' }), aGuest({ vmid: 101, name: 'b' }));
    await archive.saveTasks(aSave([aTask({ id: '100' }), aTask({ id: '101' })], { guests }));
    const view = aView({ permissions: { '/': { 'Sys.Audit': 1 } }, guests: new Set([101]) });
    const viewer = { clusters: new Map([['lab', view]]) };
    const { tasks } = await archive.searchTasks(aRequest({ viewer, order: { field: 'guest', descending: true } }));
    expect(tasks.map((task) => task.guest?.name ?? null)).toEqual(['b', null]);
  });

  test('pages by number follow each other, and end at 10,000 rows', async () => {
    await using archive = await anArchive(engine);
    await archive.saveTasks(aSave(tasksOf(25)));
    const page = async (number: number) =>
      (await archive.searchTasks(aRequest({ perPage: 10, at: { page: number } }))).tasks.map((task) => task.upid);
    const pages = [await page(1), await page(2), await page(3)];
    expect(pages.map((each) => each.length)).toEqual([10, 10, 5]);
    expect(new Set(pages.flat()).size).toBe(25);
    await expect(page(1001)).rejects.toMatchObject({ code: 'bad_request' });
  });

  test.each(['', 'x', 'W10', Buffer.from('["started_at",true,null,1e99,0]').toString('base64url')])(
    'the cursor "%s" is refused',
    async (cursor) => {
      await using archive = await anArchive(engine);
      await expect(archive.searchTasks(aRequest({ at: { cursor } }))).rejects.toMatchObject({ code: 'bad_request' });
    },
  );

  test('searching log lines is refused, not ignored', async () => {
    await using archive = await anArchive(engine);
    const query: BoundQuery = { kind: 'log', not: false, pattern: { anchored: false, pieces: ['x'] } };
    await expect(archive.searchTasks(aRequest({ query }))).rejects.toMatchObject({ code: 'not_supported' });
  });
});

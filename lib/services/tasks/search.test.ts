import { expect, test } from 'vitest';
import { aGuest, anArchive, aSave, aTask, guestsOf } from '@/lib/archive/an-archive.test-support';
import { TaskListAnswer, TaskListRequest } from '@/lib/contract/task';
import { aContext, aViewer, clusterFacts } from './a-context.test-support';
import { searchTasks } from './search';

const ask = (request: Record<string, unknown> = {}) => TaskListRequest.parse(request);

test('a task is told in the words of the contract, with its address below the base path', async () => {
  await using archive = await anArchive();
  const task = aTask({ type: 'qmstart', id: '100', user: 'root@pam', token: 'ci', took: 5 });
  await archive.saveTasks(aSave([task], { guests: guestsOf(aGuest({ vmid: 100, name: 'web-1', tags: ['prod'] })) }));
  const answer = TaskListAnswer.parse(await searchTasks(aContext({ archive }).ctx, ask({ search: 'label=qmstart' })));
  expect(answer).toMatchObject({ subtotal: 1, search: 'label = qmstart', order: 'started_at DESC', failures: [] });
  expect(answer.results[0]).toMatchObject({
    ...{ kind: 'task', cluster: 'lab', upid: task.upid.text, action: 'VM 100 - Start', family: 'power' },
    ...{ user: 'root@pam', realm: 'pam', token: 'ci', vmid: 100, guest: 'web-1', tags: ['prod'] },
    ...{ state: 'stopped', result: 'success', exitstatus: 'OK', duration: 5, progress: null },
    href: `/pve/tasks/lab/${encodeURIComponent(task.upid.text)}`,
  });
});

test('a guest that is not the viewer’s stays a number, also for a search', async () => {
  await using archive = await anArchive();
  await archive.saveTasks(aSave([aTask()], { guests: guestsOf(aGuest({ vmid: 100, name: 'secret' })) }));
  const { ctx } = aContext({ archive, viewer: aViewer({ permissions: { '/nodes': { 'Sys.Audit': 1 } } }) });
  expect((await searchTasks(ctx, ask())).results[0]).toMatchObject({ vmid: 100, guest: null, tags: [] });
  expect((await searchTasks(ctx, ask({ search: 'guest = secret' }))).subtotal).toBe(0);
});

test('a cluster that is away, refuses the token or lacks a node is a row beside what is known, never an error', async () => {
  await using archive = await anArchive();
  await archive.saveTasks(aSave([aTask()]));
  const node = {
    node: 'pve2',
    asOf: 1_000_000,
    lastSweepAt: null,
    running: 0,
    logsToFetch: 0,
    error: null,
    retryAt: null,
  };
  const { ctx } = aContext({
    archive,
    clusters: ['lab', 'fra', 'oslo', 'new'].map((id) => ({ id, name: id })),
    facts: [
      clusterFacts({ nodes: [{ ...node, state: 'offline' }] }),
      clusterFacts({ id: 'fra', name: 'fra', state: 'refused', error: "fra refuses the collector's token." }),
      clusterFacts({ id: 'oslo', name: 'oslo', state: 'away', asOf: 2_000_000 }),
      clusterFacts({ id: 'new', name: 'new', state: 'away' }),
      clusterFacts({ id: 'foreign', name: 'foreign', state: 'away' }),
    ],
    failures: [{ cluster: 'new', code: 'not_signed_in', message: 'You are not signed in to new.', since: null }],
  });
  const { results, failures } = await searchTasks(ctx, ask());
  expect(results).toHaveLength(1);
  expect(Object.fromEntries(failures.map(({ cluster, code }) => [cluster, code]))).toEqual({
    lab: 'node_unreachable',
    fra: 'refused',
    oslo: 'cluster_unreachable',
    new: 'not_signed_in',
  });
  expect(failures.find(({ cluster }) => cluster === 'oslo')?.since).toBe('1970-01-01T00:33:20Z');
});

test('what is not shown for want of rights is not called shown', async () => {
  await using archive = await anArchive();
  const message = 'Lab does not answer. Your rights there are not known, so its tasks are not shown.';
  const unknown = { cluster: 'lab', code: 'cluster_unreachable', message, since: null };
  const away = [clusterFacts({ state: 'away' })];
  const { ctx } = aContext({ archive, viewer: { clusters: new Map() }, failures: [unknown], facts: away });
  expect((await searchTasks(ctx, ask())).failures).toEqual([unknown]);
});

test('what cannot be read is refused with its place, and depth goes by cursor', async () => {
  await using archive = await anArchive();
  await archive.saveTasks(aSave([aTask(), aTask(), aTask()]));
  const { ctx } = aContext({ archive });
  await expect(searchTasks(ctx, ask({ search: 'label =' }))).rejects.toMatchObject({ code: 'value_expected' });
  await expect(searchTasks(ctx, ask({ order: 'colour' }))).rejects.toMatchObject({ code: 'unknown_field' });
  await expect(searchTasks(ctx, ask({ tz: 'Mars/Olympus' }))).rejects.toMatchObject({ code: 'bad_request' });
  await expect(searchTasks(ctx, ask({ page: 201 }))).rejects.toMatchObject({ code: 'bad_request' });
  const first = await searchTasks(ctx, ask({ per_page: 2 }));
  const rest = await searchTasks(ctx, ask({ per_page: 2, cursor: first.next_cursor }));
  const upids = [...first.results, ...rest.results].map((task) => task.upid);
  expect(new Set(upids).size).toBe(3);
});

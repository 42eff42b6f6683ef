import { expect, test } from 'vitest';
import { anArchive, aSave, aTask } from '@/lib/archive/an-archive.test-support';
import { AppError } from '@/lib/domain/errors';
import { AUDITOR, aContext, aViewer } from './a-context.test-support';
import { bulkStop } from './bulk-stop';
import { getTask } from './get';
import { stopTask } from './stop';

const OPERATOR = { permissions: { '/': { ...AUDITOR['/'], 'Sys.Modify': 1 } }, identity: 'op@pve' };

const refused = () => {
  throw new AppError('forbidden', 'Lab does not allow this.', {
    details: { path: '/nodes/pve1', privilege: 'Sys.Modify' },
  });
};

test('the node is asked as the viewer, and the task tells who asked', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const ref = { cluster: 'lab', upid: task.upid.text };
  const { ctx, calls } = aContext({ archive, viewer: aViewer(OPERATOR) });
  await stopTask(ctx, ref);
  expect(calls).toMatchObject([{ method: 'DELETE', node: 'pve1' }]);
  expect((await getTask(ctx, ref)).stop_requested).toMatchObject({ by: 'op@pve' });
});

test('a full disk keeps nobody from stopping a task', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const { ctx, calls } = aContext({ archive, viewer: aViewer(OPERATOR) });
  const noteStop = async () => {
    throw new AppError('unavailable', 'The archive cannot be used: the disk is full.');
  };
  await stopTask({ ...ctx, archive: { ...ctx.archive, noteStop } }, { cluster: 'lab', upid: task.upid.text });
  expect(calls).toMatchObject([{ method: 'DELETE' }]);
});

test('without the right the missing one is named, and nothing is noted', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const ref = { cluster: 'lab', upid: task.upid.text };
  const { ctx } = aContext({ archive, answer: refused });
  await expect(stopTask(ctx, ref)).rejects.toMatchObject({
    code: 'forbidden',
    message: 'You need Sys.Modify on /nodes/pve1 to stop this task.',
  });
  expect((await getTask(ctx, ref)).stop_requested).toBeNull();
});

test('a task that has ended, is not there or may not be stopped here is not asked for', async () => {
  await using archive = await anArchive();
  const [ended, running] = [aTask(), aTask({ status: '' })];
  await archive.saveTasks(aSave([ended, running]));
  const { ctx, calls } = aContext({ archive, viewer: aViewer(OPERATOR) });
  const stop = (upid: string, of = ctx) => stopTask(of, { cluster: 'lab', upid });
  await expect(stop(ended.upid.text)).rejects.toMatchObject({ code: 'conflict' });
  await expect(stop(aTask().upid.text)).rejects.toMatchObject({ code: 'not_found' });
  const off = aContext({ archive, viewer: aViewer(OPERATOR), actions: { stop: false } });
  await expect(stop(running.upid.text, off.ctx)).rejects.toMatchObject({ code: 'forbidden' });
  expect([...calls, ...off.calls]).toEqual([]);
});

test('many are stopped by name or by a search without mistakes; each that cannot be is a row', async () => {
  await using archive = await anArchive();
  const running = [aTask({ status: '' }), aTask({ status: '', type: 'vzdump' }), aTask({ status: '', type: 'vzdump' })];
  const ended = aTask({ type: 'vzdump' });
  await archive.saveTasks(aSave([...running, ended]));
  const { ctx, calls } = aContext({ archive, viewer: aViewer(OPERATOR) });
  expect(await bulkStop(ctx, { search: 'label = vzdump' })).toMatchObject({ stopped: 2, skipped: 0 });
  expect(calls).toHaveLength(2);
  const named = [ended, ...running.slice(0, 1)].map(({ upid }) => ({ cluster: 'lab', upid: upid.text }));
  const answer = await bulkStop(ctx, { tasks: [...named, ...named, { cluster: 'lab', upid: 'UPID:none' }] });
  expect(answer).toMatchObject({ stopped: 1, skipped: 1 });
  expect(answer.results.map(({ error }) => error?.code ?? null).sort()).toEqual(['conflict', 'not_found', null]);
  await expect(bulkStop(ctx, { search: '' })).rejects.toMatchObject({ code: 'strict_empty' });
  await expect(bulkStop(ctx, { search: 'label = vzdump or' })).rejects.toMatchObject({ code: 'strict_repair' });
});

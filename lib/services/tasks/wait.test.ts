import { expect, test } from 'vitest';
import { anArchive, aSave, aTask } from '@/lib/archive/an-archive.test-support';
import { epochSeconds } from '@/lib/domain/time';
import { aContext, aViewer } from './a-context.test-support';
import { waitTask } from './wait';

test('it answers at the end, which wins over the deadline, and costs the cluster nothing', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const { ctx, calls } = aContext({ archive });
  const waiting = waitTask(ctx, { cluster: 'lab', upid: task.upid.text, timeout: 60 });
  await archive.saveTasks(aSave([aTask()]));
  const end = { time: epochSeconds(task.upid.startTime + 7), status: 'OK' };
  await archive.saveTasks(aSave([{ ...task, end }]));
  expect(await waiting).toMatchObject({ state: 'stopped', duration: 7 });
  expect(calls).toEqual([]);
});

test('after the deadline it answers with the task as it is', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const answer = await waitTask(aContext({ archive }).ctx, { cluster: 'lab', upid: task.upid.text, timeout: 1 });
  expect(answer).toMatchObject({ state: 'running', ended_at: null });
});

test('who loses the right to see the task meanwhile is told that there is none', async () => {
  await using archive = await anArchive();
  const task = aTask({ status: '' });
  await archive.saveTasks(aSave([task]));
  const { ctx, see } = aContext({ archive });
  const waiting = waitTask(ctx, { cluster: 'lab', upid: task.upid.text, timeout: 60 });
  waiting.catch(() => undefined);
  see(aViewer({ permissions: {} }));
  await archive.saveTasks(aSave([{ ...task, end: { time: task.upid.startTime, status: 'OK' } }]));
  await expect(waiting).rejects.toMatchObject({ code: 'not_found' });
});

import { expect, test } from 'vitest';
import { anArchive, aSave, aTask } from '@/lib/archive/an-archive.test-support';
import { aContext } from './a-context.test-support';
import { getTask } from './get';

async function* bytes(text: string) {
  yield Buffer.from(text);
}

const LOG = 'INFO: Starting Backup of VM 100 (qemu)\nERROR: no space left on device\nTASK ERROR: job errors\n';

test('a failed task tells the first error of its kept log, and how many ended so', async () => {
  await using archive = await anArchive();
  const [failed, other, fine] = [aTask({ status: 'job errors' }), aTask({ status: 'job errors' }), aTask()];
  await archive.saveTasks(aSave([failed, other, fine]));
  for (const task of [failed, fine]) await archive.saveLog({ cluster: 'lab', upid: task.upid.text }, bytes(LOG));
  const { ctx } = aContext({ archive });
  const { cause } = await getTask(ctx, { cluster: 'lab', upid: failed.upid.text });
  expect(cause).toMatchObject({ text: 'no space left on device', lines: [2, 2], guest: 'VM 100', similar: 2 });
  expect(cause?.similar_search).toContain('exitstatus = "job errors"');
  expect((await getTask(ctx, { cluster: 'lab', upid: other.upid.text })).cause).toBeNull();
  expect((await getTask(ctx, { cluster: 'lab', upid: fine.upid.text })).cause).toBeNull();
});

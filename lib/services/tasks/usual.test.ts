import { expect, test } from 'vitest';
import { anArchive, aSave, aTask, NOW } from '@/lib/archive/an-archive.test-support';
import { epochSeconds, isoTime } from '@/lib/domain/time';
import { aContext } from './a-context.test-support';
import { getTask } from './get';

test('a running task will take what the same thing took before, as far as it went well', async () => {
  await using archive = await anArchive();
  const before = [100, 110, 120, 130, 900].map((took) => aTask({ type: 'vzdump', id: '100', took }));
  const others = [
    aTask({ type: 'vzdump', id: '101', took: 1 }),
    aTask({ type: 'vzdump', id: '100', took: 2, status: 'failed' }),
  ];
  const running = aTask({ type: 'vzdump', id: '100', status: '', startTime: epochSeconds(NOW + 10) });
  await archive.saveTasks(aSave([...before, ...others, running]));
  const task = await getTask(aContext({ archive }).ctx, { cluster: 'lab', upid: running.upid.text });
  expect(task.usual).toEqual({ median: 120, p10: 100, p90: 900, samples: 5 });
  expect(task.eta).toMatchObject({ p50_at: isoTime(epochSeconds(NOW + 130)), from: 'history' });
  expect(task.open_in_proxmox).toBe('https://lab.example:8006/#v1:0:=node%2Fpve1:4:4');
});

test('of what never ran before nothing is foretold', async () => {
  await using archive = await anArchive();
  const task = aTask();
  await archive.saveTasks(aSave([task]));
  expect(await getTask(aContext({ archive }).ctx, { cluster: 'lab', upid: task.upid.text })).toMatchObject({
    usual: null,
    eta: null,
  });
});

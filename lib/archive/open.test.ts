import { describe, expect, test } from 'vitest';
import {
  aGuest,
  anArchive,
  anAuditor,
  aRequest,
  aSave,
  aTask,
  ENGINES,
  guestsOf,
  NOW,
} from './an-archive.test-support';

describe.each(ENGINES)('on %s', (engine) => {
  test('a saved task comes back as it was told', async () => {
    await using archive = await anArchive(engine);
    const guests = guestsOf(aGuest({ vmid: 100, name: 'web-1', tags: ['prod'], pool: 'www' }));
    const seen = aTask({ token: 'ci', type: 'vzdump', status: 'WARNINGS: 2', took: 101 });
    const running = aTask({ status: '', type: 'aptupdate', id: '' });
    const saved = await archive.saveTasks(aSave([seen, running], { guests }));
    expect(saved).toEqual({ added: 2, ended: 0, metKnownEnd: false, first: true });
    const { tasks, total, subtotal, nextCursor } = await archive.searchTasks(aRequest());
    expect({ total, subtotal, nextCursor }).toEqual({
      total: { count: 2, exact: true },
      subtotal: { count: 2, exact: true },
      nextCursor: null,
    });
    expect(tasks.find((task) => task.upid === seen.upid.text)).toEqual({
      archiveId: expect.any(Number),
      cluster: 'lab',
      upid: seen.upid.text,
      node: 'pve1',
      listedBy: 'pve1',
      pid: seen.upid.pid,
      pstart: seen.upid.pstart,
      label: 'vzdump',
      object: '100',
      user: 'root@pam',
      token: 'ci',
      startedAt: NOW,
      endedAt: NOW + 101,
      state: 'stopped',
      result: 'warning',
      exitStatus: 'WARNINGS: 2',
      vmid: 100,
      guest: { vmid: 100, type: 'qemu', name: 'web-1', tags: ['prod'], pool: 'www' },
      parent: null,
      log: null,
      stopAsked: null,
    });
    expect(await archive.getTask(anAuditor(), { cluster: 'lab', upid: running.upid.text })).toMatchObject({
      state: 'running',
      result: 'pending',
      endedAt: null,
      exitStatus: null,
      vmid: null,
    });
  });

  async function* bytesOf(text: string) {
    yield Buffer.from(text);
  }

  test('a log, sessions and gaps survive a restart', async () => {
    await using archive = await anArchive(engine);
    const task = aTask();
    const ref = { cluster: 'lab', upid: task.upid.text };
    await archive.saveTasks(aSave([task]));
    expect(await archive.countMissingLogs('lab')).toBe(1);
    await archive.saveLog(ref, bytesOf('one\ntwo\nTASK OK\n'));
    await archive.saveSession({ id: 's', sealed: new Uint8Array([1, 2, 3]), createdAt: NOW, seenAt: NOW }, 'new');
    await archive.saveGap({ cluster: 'lab', node: 'pve1', from: NOW, to: NOW });
    await archive.check();
    await archive.close();
    const again = await anArchive(archive.place);
    expect(await again.countMissingLogs('lab')).toBe(0);
    expect(await again.readLog(anAuditor(), ref, { skip: 1, limit: 5 })).toEqual({
      total: 3,
      lines: [
        { n: 2, t: 'two' },
        { n: 3, t: 'TASK OK' },
      ],
    });
    expect(await again.loadSessions()).toEqual([
      { id: 's', sealed: new Uint8Array([1, 2, 3]), createdAt: NOW, seenAt: NOW },
    ]);
    expect(await again.gaps('lab')).toEqual([{ cluster: 'lab', node: 'pve1', from: NOW, to: NOW }]);
    await again.close();
  });
});

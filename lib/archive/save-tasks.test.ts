import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeenTask, Task } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
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
  type TestArchive,
} from './an-archive.test-support';
import { anyTasks } from './any-query.test-support';

const ref = (task: SeenTask) => ({ cluster: 'lab', upid: task.upid.text });
const running = ({ upid }: SeenTask): SeenTask => ({ upid });

async function all(archive: TestArchive): Promise<Task[]> {
  return (await archive.searchTasks(aRequest({ viewer: anAuditor('lab', 'office'), perPage: 500 }))).tasks;
}

describe.each(ENGINES)('on %s', (engine) => {
  test('sweeps in any order and number give one archive', { timeout: 60_000 }, async () => {
    // A sweep is a part of what the nodes tell, each task running or, once it has, ended.
    const world = fc.sample(anyTasks(40), { numRuns: 1, seed: 7 })[0] ?? [];
    const anySweeps = fc.array(
      fc.subarray(world).chain((part) => fc.tuple(fc.constant(part), fc.boolean())),
      {
        maxLength: 6,
      },
    );
    let expected: unknown;
    await fc.assert(
      fc.asyncProperty(anySweeps, async (sweeps) => {
        await using archive = await anArchive(engine);
        for (const [part, early] of sweeps) await archive.saveTasks(aSave(early ? part.map(running) : part));
        await archive.saveTasks(aSave(world));
        const repeated = await archive.saveTasks(aSave(world));
        expect(repeated).toMatchObject({ added: 0, ended: 0, first: false });
        const kept = (await all(archive)).map(({ archiveId, ...task }) => task);
        kept.sort((a, b) => (a.upid < b.upid ? -1 : 1));
        expected ??= kept;
        expect(kept).toEqual(expected);
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  test('an end is never taken back, and told once', async () => {
    await using archive = await anArchive(engine);
    const task = aTask({ status: 'got timeout' });
    const changes: number[] = [];
    archive.onChange(({ archiveIds }) => changes.push(...archiveIds));
    await archive.saveTasks(aSave([running(task)]));
    expect(await archive.runningTasks('lab')).toMatchObject([{ ref: ref(task), listedBy: 'pve1' }]);
    expect(await archive.saveTasks(aSave([task]))).toEqual({ added: 0, ended: 1, metKnownEnd: false, first: false });
    expect(await archive.saveTasks(aSave([running(task)]))).toMatchObject({ ended: 0, metKnownEnd: false });
    const other = { ...task, end: { time: epochSeconds(NOW + 999), status: 'OK' } };
    expect(await archive.saveTasks(aSave([other]))).toMatchObject({ ended: 0, metKnownEnd: true });
    expect(await all(archive)).toMatchObject([{ endedAt: NOW + 60, exitStatus: 'got timeout', result: 'error' }]);
    expect(await archive.runningTasks('lab')).toEqual([]);
    expect(changes).toHaveLength(2);
  });

  test('the same UPID in another cluster is another task', async () => {
    await using archive = await anArchive(engine);
    const task = aTask();
    await archive.saveTasks(aSave([task]));
    expect(await archive.saveTasks(aSave([task], { cluster: 'office' }))).toMatchObject({ added: 1, first: true });
    expect((await all(archive)).map((kept) => kept.cluster).sort()).toEqual(['lab', 'office']);
    expect(await archive.getTask(anAuditor('office'), ref(task))).toBeUndefined();
  });

  test('a guest is kept as first seen, and learnt when it was unknown', async () => {
    await using archive = await anArchive(engine);
    const early = aTask();
    const late = aTask({ startTime: epochSeconds(NOW + 1) });
    const named = (name: string) => ({ guests: guestsOf(aGuest({ vmid: 100, name })) });
    await archive.saveTasks(aSave([early]));
    expect((await archive.getTask(anAuditor(), ref(early)))?.guest).toBeNull();
    await archive.saveTasks(aSave([early, late], named('web-1')));
    await archive.saveTasks(aSave([early, late], named('web-2')));
    expect((await all(archive)).map((task) => task.guest?.name)).toEqual(['web-1', 'web-1']);
  });

  test('a task that its renamed node lists is asked for there', async () => {
    await using archive = await anArchive(engine);
    const task = aTask({ node: 'old' });
    await archive.saveTasks(aSave([task], { listedBy: 'old' }));
    await archive.saveTasks(aSave([task], { listedBy: 'new' }));
    expect(await all(archive)).toMatchObject([{ node: 'old', listedBy: 'new' }]);
  });

  test('tasks of a node that is away are unknown until it is back', async () => {
    await using archive = await anArchive(engine);
    const here = aTask({ status: '' });
    const there = aTask({ status: '', node: 'pve2' });
    await archive.saveTasks(aSave([here]));
    await archive.saveTasks(aSave([there], { listedBy: 'pve2' }));
    await archive.markNode('lab', 'pve2', 'unknown');
    const stateOf = async (task: SeenTask) => (await archive.getTask(anAuditor(), ref(task)))?.state;
    expect([await stateOf(here), await stateOf(there)]).toEqual(['running', 'unknown']);
    await archive.markNode('lab', 'pve2', 'running');
    expect(await stateOf(there)).toBe('running');
  });

  test('a stop of ours explains a bad end, before or after it was seen', async () => {
    await using archive = await anArchive(engine);
    const first = aTask({ status: 'unexpected status' });
    const second = aTask({ status: 'OK' });
    await archive.saveTasks(aSave([running(first), second]));
    await archive.noteStop(ref(first), epochSeconds(NOW + 5), 'alice@pve');
    await archive.noteStop(ref(second), epochSeconds(NOW + 5), 'alice@pve');
    await archive.saveTasks(aSave([first]));
    expect(await archive.getTask(anAuditor(), ref(first))).toMatchObject({
      result: 'cancelled',
      stopAsked: { at: NOW + 5, by: 'alice@pve' },
    });
    expect((await archive.getTask(anAuditor(), ref(second)))?.result).toBe('success');
  });

  test('an end that was read too early is corrected once', async () => {
    await using archive = await anArchive(engine);
    const task = aTask({ status: 'unexpected status' });
    await archive.saveTasks(aSave([task]));
    await archive.correctEnd(ref(task), 'job errors');
    await archive.correctEnd(ref(task), 'OK');
    await archive.saveTasks(aSave([task]));
    expect(await archive.getTask(anAuditor(), ref(task))).toMatchObject({ result: 'error', exitStatus: 'job errors' });
  });

  test('a transaction that fails leaves no entry behind', async () => {
    await using archive = await anArchive(engine);
    const bad = aTask({ node: 'pve9', pid: Number.NaN, id: 'x' }); // no number, so not null is broken
    await expect(archive.saveTasks(aSave([bad]))).rejects.toThrow();
    const good = aTask({ node: 'pve8' });
    expect(await archive.saveTasks(aSave([good]))).toMatchObject({ added: 1, first: true });
    expect((await all(archive)).map((task) => task.node)).toEqual(['pve8']);
  });

  test('hostile texts are only texts', async () => {
    await using archive = await anArchive(engine);
    const hostile = ["'; drop table task; --", 'a"b', "x'y", '\\', '%_%', '?1', 'ß\u0000İ', '\u202e'].map((word) =>
      word.replaceAll(' ', ''),
    );
    const tasks = hostile.map((word) =>
      aTask({ id: word, user: `${word}@pam`, type: word, status: word, comment: word.slice(0, 3) }),
    );
    await archive.saveTasks(aSave(tasks, { cluster: "o'lab" }));
    for (const [at, word] of hostile.entries()) {
      const found = await archive.searchTasks(
        aRequest({
          viewer: anAuditor("o'lab"),
          query: { kind: 'text', field: 'exitstatus', not: false, any: [{ how: 'equal', value: word }] },
        }),
      );
      expect(found.tasks).toMatchObject([{ object: word, label: word, exitStatus: word, upid: tasks[at]?.upid.text }]);
    }
  });
});

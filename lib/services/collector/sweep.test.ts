import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondOf } from '@/lib/domain/time';
import { aClock } from './a-clock.test-support';
import { aCluster } from './a-cluster.test-support';
import { aStore } from './a-store.test-support';
import { type Reading, sweepNode } from './sweep';

type Step = 'start' | 'end first' | 'end last' | 'sweep' | 'sweep in full' | 'fail' | 'restart';

const anyHistory = fc.array(
  fc.constantFrom<Step>('start', 'start', 'end first', 'end last', 'sweep', 'sweep in full', 'fail', 'restart'),
  { maxLength: 60 },
);

/** Plays a history on a node and sweeps it as told; gives back the node and what the archive then holds. */
async function play(history: readonly Step[]) {
  const clock = aClock();
  const lab = aCluster(clock);
  const kept = aStore();
  const signal = new AbortController().signal;
  let last: Reading | undefined;
  const sweep = async (full: boolean) => {
    const guestsFor = async () => new Map();
    const input = { cluster: 'lab', node: 'pve1', last, full, heard: [], guestsFor, now: secondOf(clock.now()) };
    last = (await sweepNode(lab.reads, kept.store, input, signal)).reading;
  };
  for (const step of history) {
    await clock.pass(1_000);
    const { running } = lab.node('pve1');
    const ending = step === 'end first' ? running[0] : running.at(-1);
    switch (step) {
      case 'start':
        lab.start('pve1');
        break;
      case 'end first':
      case 'end last':
        if (ending) lab.end('pve1', ending.text);
        break;
      case 'sweep':
      case 'sweep in full':
        await sweep(step === 'sweep in full');
        break;
      case 'fail':
        kept.setFull(true);
        await sweep(false).catch(() => undefined); // nothing new needs no disk
        kept.setFull(false);
        break;
      case 'restart':
        last = undefined;
        break;
    }
  }
  await sweep(true);
  return { lab, kept };
}

test('sweeps in any order and number give one archive: what the node lists, each task once, and no gap', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async (history) => {
      const { lab, kept } = await play(history);
      const listed = lab.tasks().map(({ upid, end }) => [upid.text, end?.status ?? null]);
      const archived = [...kept.rows.values()].map((row) => [row.upid, row.end?.status ?? null]);
      expect(archived.sort()).toEqual(listed.sort());
      expect(kept.gaps).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a sweep that fails half way kept the oldest ends, so that the next one sees what is missing', async () => {
  const clock = aClock();
  const lab = aCluster(clock);
  const { store } = aStore();
  const ends = [0, 1, 2].map(() => {
    const upid = lab.start('pve1');
    lab.end('pve1', upid);
    return upid;
  });
  const order: string[] = [];
  const watching = {
    ...store,
    saveTasks: (save: Parameters<typeof store.saveTasks>[0]) => {
      order.push(...save.tasks.map((task) => task.upid.text));
      return store.saveTasks(save);
    },
  };
  const input = { cluster: 'lab', node: 'pve1', last: undefined, full: true, heard: [], now: secondOf(clock.now()) };
  const guestsFor = async () => new Map();
  await sweepNode(lab.reads, watching, { ...input, guestsFor }, new AbortController().signal);
  expect(order).toEqual(ends);
});

import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FairQueue } from './queue';

const NEVER = new AbortController().signal;

/** Enters under a name and notes in `served` when it is its turn. */
function aQueue(limits = { perNode: 2, total: 100 }) {
  const queue = new FairQueue(limits);
  const served: string[] = [];
  const leave = new Map<string, () => void>();
  const enter = (name: string, key: string, background = false) =>
    void queue.enter(key, background, NEVER).then((done) => {
      served.push(name);
      leave.set(name, done);
    });
  const done = async (name: string) => {
    leave.get(name)?.();
    await setImmediate();
  };
  return { queue, served, enter, done };
}

test('two calls per node are in flight, the third waits for one to end (1.4)', async () => {
  const { served, enter, done } = aQueue();
  for (const name of ['a', 'b', 'c']) enter(name, 'lab/pve1');
  await setImmediate();
  expect(served).toEqual(['a', 'b']);
  await done('a');
  expect(served).toEqual(['a', 'b', 'c']);
});

test('another node does not wait for a busy one', async () => {
  const { served, enter } = aQueue();
  for (const name of ['a', 'b', 'c']) enter(name, 'lab/pve1');
  enter('d', 'lab/pve2');
  await setImmediate();
  expect(served).toEqual(['a', 'b', 'd']);
});

test('the process as a whole has a cap', async () => {
  const { served, enter, done } = aQueue({ perNode: 2, total: 3 });
  for (const node of ['1', '2', '3', '4']) enter(node, node);
  await setImmediate();
  expect(served).toEqual(['1', '2', '3']);
  await done('2');
  expect(served).toEqual(['1', '2', '3', '4']);
});

test('waiting nodes take turns, however many calls one of them has', async () => {
  const { served, enter, done } = aQueue({ perNode: 1, total: 1 });
  for (const name of ['a1', 'a2', 'a3']) enter(name, 'a');
  for (const name of ['b1', 'b2']) enter(name, 'b');
  await setImmediate();
  for (let n = 0; n < 4; n++) await done(served[n] ?? '');
  expect(served).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
});

test('what people ask for goes before background work', async () => {
  const { served, enter, done } = aQueue({ perNode: 2, total: 1 });
  enter('first', 'a');
  enter('log fetch', 'b', true);
  enter('stop', 'c');
  await setImmediate();
  await done('first');
  await done('stop');
  expect(served).toEqual(['first', 'stop', 'log fetch']);
});

test('background work leaves the last place of a node to people', async () => {
  const { served, enter } = aQueue();
  enter('log 1', 'a', true);
  enter('log 2', 'a', true);
  enter('tail', 'a');
  await setImmediate();
  expect(served).toEqual(['log 1', 'tail']);
});

test('background work takes at most half of all places', async () => {
  const { served, enter } = aQueue({ perNode: 2, total: 4 });
  for (const node of ['1', '2', '3']) enter(node, node, true);
  await setImmediate();
  expect(served).toEqual(['1', '2']);
});

test('who gives up while waiting takes no place and is told the reason of the signal', async () => {
  const { queue, served, enter, done } = aQueue({ perNode: 1, total: 1 });
  enter('a', 'n');
  const gone = new AbortController();
  const waiting = queue.enter('n', false, gone.signal);
  enter('b', 'n');
  gone.abort(new Error('closed the page'));
  await expect(waiting).rejects.toThrow('closed the page');
  await done('a');
  expect(served).toEqual(['a', 'b']);
  await done('b');
  expect(queue.size).toEqual({ inFlight: 0, waiting: 0 });
});

test('giving a place back twice frees one place', async () => {
  const { queue, enter, served } = aQueue({ perNode: 1, total: 1 });
  const leave = await queue.enter('n', false, NEVER);
  enter('a', 'n');
  enter('b', 'n');
  leave();
  leave();
  await setImmediate();
  expect(served).toEqual(['a']);
});

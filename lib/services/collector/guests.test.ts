import { expect, test } from 'vitest';
import type { Guest } from '@/lib/domain/guest';
import { parseUpid } from '@/lib/domain/upid';
import { GuestList } from './guests';

const { signal } = new AbortController();
const web: Guest = { vmid: 100, type: 'qemu', name: 'web-1', tags: [], pool: null };

function aTask() {
  const upid = parseUpid('UPID:pve1:000AE992:00A21BA7:618C1D55:qmstart:100:root@pam:');
  if (!upid) throw new Error('no UPID');
  return { upid };
}

test('sweeps of two nodes at once both wait for the one reading of the guests', async () => {
  const answer = Promise.withResolvers<Map<number, Guest>>();
  let asked = 0;
  const guests = new GuestList(
    () => {
      asked += 1;
      return answer.promise;
    },
    () => 0,
  );
  const both = [1, 2].map(() => guests.forTasks([aTask()], () => false, signal));
  answer.resolve(new Map([[100, web]]));
  for (const told of await Promise.all(both)) expect(told.get(100)).toEqual(web);
  expect(asked).toBe(1);
});

test('tasks that are known already ask for no guests', async () => {
  const guests = new GuestList(
    () => Promise.reject(new Error('asked')),
    () => 0,
  );
  expect((await guests.forTasks([aTask()], () => true, signal)).size).toBe(0);
});

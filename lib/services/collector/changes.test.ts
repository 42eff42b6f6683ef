import { expect, test } from 'vitest';
import type { SeenTask } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import { formatUpid, parseUpid } from '@/lib/domain/upid';
import { changesOf, type Heard } from './changes';

function seen(node: string, pid: number, ended = false): SeenTask {
  const parts = {
    node,
    pid,
    pstart: 1,
    startTime: epochSeconds(1_700_000_000),
    type: 'vzdump',
    id: '',
    user: 'root@pam',
  };
  const upid = parseUpid(formatUpid({ ...parts, comment: '' }));
  if (!upid) throw new Error('not a UPID');
  return ended ? { upid, end: { time: epochSeconds(1_700_000_100), status: 'OK' } } : { upid };
}

const after = (tasks: readonly SeenTask[]): Heard => changesOf(new Map(), tasks).heard;

test('the same answer twice says nothing, and so does an old end that was pushed out', () => {
  const before = after([seen('pve1', 1), seen('pve1', 2, true)]);
  expect(changesOf(before, [seen('pve1', 1), seen('pve1', 2, true)]).changed.size).toBe(0);
  expect(changesOf(before, [seen('pve1', 1)]).changed.size).toBe(0);
});

test('a start and an end name their node and their task', () => {
  const before = after([seen('pve1', 1), seen('pve2', 1)]);
  const { changed } = changesOf(before, [seen('pve1', 1, true), seen('pve2', 1), seen('pve2', 2)]);
  expect([...changed.keys()]).toEqual(['pve1', 'pve2']);
  expect(changed.get('pve1')?.[0]?.end?.status).toBe('OK');
  expect(changed.get('pve2')?.[0]?.upid.pid).toBe(2);
});

test('a running task that is no longer named is a change with nothing new to keep', () => {
  expect(changesOf(after([seen('pve1', 1)]), []).changed).toEqual(new Map([['pve1', []]]));
});

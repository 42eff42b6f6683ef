import { expect, test } from 'vitest';
import { jumpTarget } from './jump';

const UPID = 'UPID:pve1:000AE992:00A21BA7:618C1D55:vzdump:100:root@pam!ci:';

test('a UPID with blanks around it is a task', () => {
  expect(jumpTarget(`  ${UPID}\n`)).toEqual({ kind: 'upid', upid: UPID });
});

test('a Backup Server UPID is decoded, for no cluster has it', () => {
  const text = 'UPID:pbs:000002D1:00000F2C:00000001:65F0A1B2:garbage_collection:store1:root@pam:';
  expect(jumpTarget(text)).toEqual({ kind: 'decode', text });
});

test('a number is a guest, and anything else a search', () => {
  expect(jumpTarget('100')).toEqual({ kind: 'guest', vmid: '100' });
  expect(jumpTarget('10')).toEqual({ kind: 'search', search: '10' });
  expect(jumpTarget('result = error')).toEqual({ kind: 'search', search: 'result = error' });
  expect(jumpTarget('  ')).toEqual({ kind: 'nothing' });
});

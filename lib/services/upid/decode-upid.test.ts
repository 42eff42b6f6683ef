import { expect, test } from 'vitest';
import { decodeUpid } from './decode-upid';

test('a UPID says who did what when and where, without asking anybody', () => {
  expect(decodeUpid(' UPID:pve1:000AE992:00A21BA7:618C1D55:vzdump:100:root@pam!ci: ')).toEqual({
    upid: 'UPID:pve1:000AE992:00A21BA7:618C1D55:vzdump:100:root@pam!ci:',
    ...{ node: 'pve1', pid: 715154, pstart: 10623911, starttime: 1636572501, type: 'vzdump', id: '100' },
    ...{ user: 'root@pam', tokenid: 'ci', comment: '', started_at: '2021-11-10T19:28:21Z' },
    ...{ action: 'VM/CT 100 - Backup', family: 'backup', realm: 'pam', vmid: 100 },
  });
});

test('a UPID of a Backup Server is named as such, anything else is none', () => {
  const backup = 'UPID:pbs1:000002F9:00001F34:00000001:618C1D55:garbage_collection:store1:root@pam:';
  expect(() => decodeUpid(backup)).toThrow('Backup Server');
  expect(() => decodeUpid('UPID:pve1')).toThrow('This is not a valid UPID.');
});

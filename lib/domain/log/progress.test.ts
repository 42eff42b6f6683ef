import { describe, expect, test } from 'vitest';
import { progressReader } from './progress';

/** How far a task is after each of these lines. */
function shares(label: string, id: string, lines: readonly string[]): (number | undefined)[] {
  const read = progressReader(label, id);
  return lines.map((t, index) => {
    const share = read([{ n: index + 1, t }]);
    return share === undefined ? undefined : Math.round(share * 1000) / 1000;
  });
}

describe('a backup', () => {
  test('counts guests done and the present one', () => {
    expect(
      shares('vzdump', '', [
        'INFO: starting new backup job: vzdump 100 101 102 103 --storage nas --mode snapshot',
        'INFO: Starting Backup of VM 100 (qemu)',
        'INFO:  37% (11.9 GiB of 32.0 GiB) in 1m 5s, read: 187.2 MiB/s, write: 95.0 MiB/s',
        'INFO: 100% (32.0 GiB of 32.0 GiB) in 2m 51s, read: 187.2 MiB/s, write: 95.0 MiB/s',
        'INFO: Finished Backup of VM 100 (00:02:51)',
        'INFO: Starting Backup of VM 101 (qemu)',
        'ERROR: Backup of VM 101 failed - job failed with err -5',
        'INFO: Starting Backup of VM 102 (lxc)',
        'INFO:   8% (0.5 GiB of 6.0 GiB) in 3s, read: 1.0 MiB/s, write: 1.0 MiB/s',
      ]),
    ).toEqual([undefined, undefined, 0.093, 0.25, 0.25, 0.25, 0.5, 0.5, 0.52]);
  });

  test('of a guest alone needs no list of guests', () => {
    expect(shares('vzdump', '100', ['INFO:  50% (1.0 GiB of 2.0 GiB) in 3s, read: 1 MiB/s'])).toEqual([0.5]);
  });

  test('leaves out guests of other nodes', () => {
    const lines = ['INFO: starting new backup job: vzdump 100 101 102', 'INFO: skip external VMs: 101, 102'];
    expect(shares('vzdump', '', [...lines, 'INFO:  50% (1 GiB of 2 GiB) in 3s'])).toEqual([undefined, undefined, 0.5]);
  });

  test('over all guests, or seen from its middle, has no percentage', () => {
    const lines = ['INFO: starting new backup job: vzdump --all 1 --storage nas', 'INFO:  50% (1 GiB of 2 GiB) in 3s'];
    expect(shares('vzdump', '', lines)).toEqual([undefined, undefined]);
    expect(shares('vzdump', '', ['INFO: Finished Backup of VM 100 (00:02:51)'])).toEqual([undefined]);
  });
});

describe('a migration', () => {
  test('adds up disks that go side by side, and the memory after them', () => {
    expect(
      shares('qmigrate', '100', [
        "2026-01-02 03:04:05 starting migration of VM 100 to node 'pve2' (10.0.0.2)",
        'drive-scsi0: transferred 10.0 GiB of 40.0 GiB (25.00%) in 5s',
        'drive-scsi1: transferred 0.0 B of 10.0 GiB (0.00%) in 5s',
        'drive-scsi0: transferred 40.0 GiB of 40.0 GiB (100.00%) in 20s, ready',
        'drive-scsi1: transferred 10.0 GiB of 10.0 GiB (100.00%) in 20s, ready',
        '2026-01-02 03:04:45 migration active, transferred 512.0 MiB of 4.0 GiB VM-state, 118.1 MiB/s',
        '2026-01-02 03:04:55 migration active, transferred 9.0 GiB of 4.0 GiB VM-state, 118.1 MiB/s',
      ]),
    ).toEqual([undefined, 0.25, 0.25, 0.8, 0.99, 0.99, 0.99]);
  });

  test('reads the lines of Proxmox VE 7', () => {
    const status = '2022-01-02 03:04:45 migration status: active (transferred 1000, remaining 3000), total 4000)';
    expect(shares('qmigrate', '100', [status])).toEqual([0.25]);
    const disk =
      'drive-scsi0: transferred: 100 bytes remaining: 300 bytes total: 400 bytes progression: 25.0 % busy: 1';
    expect(shares('qmigrate', '100', [disk])).toEqual([0.25]);
  });
});

test('a clone goes from disk to disk and never backwards', () => {
  expect(
    shares('qmclone', '100', [
      'create full clone of drive scsi0 (nas:vm-100-disk-0)',
      'transferred 0.0 B of 32.0 GiB (0.00%)',
      'transferred 16.0 GiB of 32.0 GiB (50.00%)',
      'create full clone of drive scsi1 (nas:vm-100-disk-1)',
      'transferred 16.0 GiB of 96.0 GiB (16.67%)',
      'transferred 80.0 GiB of 96.0 GiB (83.33%)',
    ]),
  ).toEqual([undefined, 0, 0.5, 0.5, 0.5, 0.75]);
});

describe('a restore', () => {
  test('from a file has one series', () => {
    const lines = ['restore vma archive: zstd -q -d -c x.vma.zst', "new volume ID is 'nas:vm-1-disk-0'"];
    const progress = 'progress 37% (read 12713000960 bytes, duration 65 sec)';
    expect(shares('qmrestore', '100', [...lines, progress])).toEqual([undefined, undefined, 0.37]);
  });

  test('from a backup server has one per disk, also when a line comes half written first', () => {
    const read = progressReader('qmrestore', '100');
    read([
      { n: 1, t: "new volume ID is 'nas:vm-100-disk-0'" },
      { n: 2, t: "new volume ID is 'nas:vm-100-disk-1'" },
      { n: 3, t: 'restore proxmox backup image: /usr/bin/pbs-re' },
    ]);
    expect(
      read([
        { n: 3, t: 'restore proxmox backup image: /usr/bin/pbs-restore drive-scsi0.img.fidx' },
        { n: 4, t: 'progress 50% (read 100 bytes, zeroes = 12% (12 bytes), duration 65 sec)' },
      ]),
    ).toBe(0.25);
    const later = ['restore image complete (bytes=200, duration=1.00s, speed=1.00MB/s)'];
    expect(read(later.map((t) => ({ n: 5, t })))).toBe(0.5);
  });

  test('from a backup server seen from its middle says nothing', () => {
    const progress = 'progress 50% (read 100 bytes, zeroes = 12% (12 bytes), duration 65 sec)';
    expect(shares('qmrestore', '100', [progress])).toEqual([undefined]);
  });
});

describe('another task', () => {
  test('tells a percentage when a line has one, that of its last carriage return', () => {
    expect(
      shares('download', 'x.iso', [
        'downloading https://x/x.iso to /var/x.iso',
        '  32768K ........ ........ ........ ........ 12%  118M 9s',
        '0%\r40.5 % done',
        'now 150%, or 12345%',
        '30%',
        '100%',
      ]),
    ).toEqual([undefined, 0.12, 0.405, 0.405, 0.405, 0.99]);
  });

  test('without one has none', () => {
    expect(shares('aptupdate', '', ['starting apt-get update', 'Fetched 12.3 MB in 2s', ''])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

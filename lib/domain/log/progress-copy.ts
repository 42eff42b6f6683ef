import type { ReadLine } from './progress';
import { bytesOf } from './sizes';

const STAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;
const SIZE = String.raw`(?<done>[\d.]+) (?<doneUnit>\w+) of (?<total>[\d.]+) (?<totalUnit>\w+)`;
const DISK = new RegExp(`^(?:drive-)?(?:(?<drive>[\\w-]+): )?transferred ${SIZE} `);
const MEMORY = new RegExp(`^migration active, transferred ${SIZE} VM-state`);
// Proxmox VE 7.
const OLD_DISK = /^drive-(?<drive>\w+): Transferred: (?<done>\d+) bytes .*?\btotal: (?<total>\d+) bytes/i;
const OLD_MEMORY = /^migration status: active \(transferred (?<done>\d+), remaining \d+\), total (?<total>\d+)\)?/;
const NEXT_DISK = /^create full clone of drive (?<drive>\w+)/;

/**
 * Bytes moved of all bytes that are known: several disks go side by side, and a running guest's memory after them.
 * Memory is sent again while it changes, so it counts as whole at most.
 */
export function readCopy(): ReadLine {
  const parts = new Map<string, { done: number; total: number }>();
  let disk = '';
  return (line) => {
    const text = line.replace(STAMP, '');
    disk = NEXT_DISK.exec(text)?.groups?.drive ?? disk;
    const onDisk = (DISK.exec(text) ?? OLD_DISK.exec(text))?.groups;
    const found = onDisk ?? (MEMORY.exec(text) ?? OLD_MEMORY.exec(text))?.groups;
    if (!found) return undefined;
    const done = bytesOf(found.done, found.doneUnit ?? 'B');
    const total = bytesOf(found.total, found.totalUnit ?? 'B');
    if (!(total > 0) || Number.isNaN(done)) return undefined;
    parts.set(onDisk ? (found.drive ?? disk) : 'memory', { done: Math.min(done, total), total });
    const sum = (part: 'done' | 'total'): number => [...parts.values()].reduce((all, one) => all + one[part], 0);
    return sum('done') / sum('total');
  };
}

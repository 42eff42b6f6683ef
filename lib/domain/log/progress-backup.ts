import type { ReadLine } from './progress';

const JOB = /^INFO: starting new backup job: vzdump(?<ids>(?: \d+)*)(?: |$)/;
const SKIPPED = /^INFO: skip external VMs: (?<ids>[\d, ]+)$/;
const BEGINS = /^INFO: Starting Backup of VM (?<vmid>\d+) /;
const ENDS = /^(?:INFO: Finished Backup of VM (?<done>\d+) |ERROR: Backup of VM (?<failed>\d+) failed)/;
const PERCENT = /^INFO:\s+(?<percent>\d{1,3})% \(/;

const idsIn = (text: string | undefined): string[] => text?.match(/\d+/g) ?? [];

/** Guests done and the share of the present one, of the guests that the job names; unknown for jobs over all or a pool. */
export function readBackup(id: string): ReadLine {
  const guests = new Set(idsIn(/^\d+$/.exec(id)?.[0]));
  const done = new Set<string>();
  let current = 0;
  return (text) => {
    for (const vmid of idsIn(JOB.exec(text)?.groups?.ids)) guests.add(vmid);
    for (const vmid of idsIn(SKIPPED.exec(text)?.groups?.ids)) guests.delete(vmid);
    const ended = ENDS.exec(text)?.groups;
    if (ended) done.add(ended.done ?? ended.failed ?? '');
    if (ended || BEGINS.test(text)) current = 0;
    const percent = Number(PERCENT.exec(text)?.groups?.percent ?? Number.NaN);
    if (percent <= 100) current = percent / 100;
    if (guests.size === 0 || (done.size === 0 && current === 0)) return undefined;
    return (done.size + current) / guests.size;
  };
}

import { factsOf } from '../logs/facts.ts';
import { aptUpdate } from '../logs/node.ts';
import { killed, longLog, noLineEnd, strangeBytes } from '../logs/odd.ts';
import { silent } from '../logs/power.ts';
import { stopBackup, vzdump } from '../logs/vzdump.ts';
import type { Order, Scene } from './activities.ts';

/** The nightly job over every guest of the node; more than one guest leaves the id empty (6.4). */
export function backupJob({ cluster, node, random }: Scene, storage: 'pbs' | 'nas', chance = 0.03): Order | undefined {
  const all = [...cluster.guests.values()].filter(({ template }) => !template).sort((a, b) => a.vmid - b.vmid);
  const guests = all.filter((guest) => guest.node === node.name).map(factsOf);
  if (guests.length === 0) return undefined;
  const external = all.filter((guest) => guest.node !== node.name).map(({ vmid }) => vmid);
  const plan = {
    guests,
    external,
    storage,
    scheduled: true,
    failing: chance,
    warning: chance,
    notes: '{{guestname}} – täglich',
  };
  const id = guests.length === 1 ? String(guests[0]?.vmid) : '';
  return {
    type: 'vzdump',
    id,
    user: 'root@pam',
    script: vzdump({ ...plan, rate: random.int(500, 1400) }),
    onTerm: stopBackup(guests[0]),
  };
}

export const dailyUpdate = ({ random }: Scene): Order => ({
  type: 'aptupdate',
  id: '',
  user: 'root@pam',
  script: aptUpdate(random.chance(0.1)),
});

/** One of each oddity on the first node of a cluster: what only shows once a year. */
export const oddities = (longLines: number): Order[] => [
  { type: 'imgcopy', id: '', user: 'root@pam', script: strangeBytes },
  { type: 'imgcopy', id: '', user: 'admin@pve', script: noLineEnd },
  { type: 'qmmove', id: '100', user: 'admin@pve', script: killed },
  { type: 'qmmove', id: '100-scsi0>101-scsi1', user: 'admin@pve', script: silent(900) },
  { type: 'srvstart', id: 'osd.3', user: 'root@pam', script: silent(400) },
  {
    type: 'download',
    id: 'Windows%3A-Treiber.iso',
    user: 'admin@pve',
    script: silent(4000, { status: 'download failed: Datei „Windows-Treiber.iso“ ist gesperrt' }),
  },
  { type: 'chunkverify', id: 'archive', user: 'root@pam', script: longLog(longLines, 3_000_000) },
];

import type { Guest } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import { TASK_TYPES } from '@/lib/domain/task-types';
import { type EpochSeconds, epochSeconds } from '@/lib/domain/time';
import { formatUpid } from '@/lib/domain/upid';

/** Numbers from a seed, 0 <= x < 1, the same on every machine (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LABELS = [
  'vzdump',
  'qmstart',
  'qmshutdown',
  'vncproxy',
  'aptupdate',
  'qmigrate',
  'qmsnapshot',
  'vzstart',
  'imgdel',
];
for (const label of Object.keys(TASK_TYPES)) {
  if (LABELS.length < 48 && !LABELS.includes(label)) LABELS.push(label);
}
const TAGS = ['prod', 'test', 'db', 'web', 'infra', 'legacy'];
const POOLS = ['www', 'data', 'office', null];
const NODES = 100;
const USERS = 86;
const GUESTS = 3000;
const YEAR = 365 * 24 * 3600;

export const seededGuests = (cluster: number): Map<number, Guest> =>
  new Map(
    Array.from({ length: GUESTS }, (_, at) => {
      const vmid = 100 + at;
      const tags = [TAGS[at % 6] ?? '', ...(at % 5 === 0 ? [TAGS[(at + 2) % 6] ?? ''] : [])];
      const name = `${['web', 'db', 'mail', 'cache', 'build'][at % 5]}-${cluster}-${at}`;
      return [vmid, { vmid, type: at % 4 === 0 ? 'lxc' : 'qemu', name, tags, pool: POOLS[at % 4] ?? null }];
    }),
  );

/** A list of one node, as large as a sweep of a long absence. */
export type SeededList = { cluster: string; listedBy: string; tasks: SeenTask[] };

/** A year of tasks up to `now` from a seed, in lists of up to 1,000: 48 labels, 100 nodes of two clusters, 86 users. */
export function* seededLists(count: number, seed: number, now: EpochSeconds): Generator<SeededList> {
  const random = randomOf(seed);
  const skewed = (below: number): number => Math.floor(below * random() ** 2.5); // few of them have most tasks
  for (let from = 0; from < count; from += 1000) {
    const node = skewed(NODES);
    const size = Math.min(1000, count - from);
    const tasks = Array.from({ length: size }, (_, at): SeenTask => {
      const ago = ((count - from - at) / count) * YEAR;
      const startTime = epochSeconds(now - ago - random() * 3600);
      const label = LABELS[skewed(LABELS.length)] ?? 'vzdump';
      const user = skewed(USERS);
      const upid = {
        node: `pve${node}`,
        pid: 1000 + from + at,
        pstart: 100_000 + from + at,
        startTime,
        type: label,
        id: objectOf(label, random),
        user: user === 0 ? 'root@pam' : `user${user}@${['pve', 'ldap'][user % 2]}`,
        ...(user % 7 === 3 ? { token: 'automation' } : {}),
        comment: '',
      };
      const seen = { upid: { ...upid, text: formatUpid(upid) } };
      const took = random() < 0.02 ? 600 + random() * 20_000 : 1 + random() ** 4 * 590;
      const running = count - from - at <= 12;
      return running ? seen : { ...seen, end: { time: epochSeconds(startTime + took), status: statusOf(random) } };
    });
    yield { cluster: node % 2 === 0 ? 'lab' : 'office', listedBy: `pve${node}`, tasks };
  }
}

function objectOf(label: string, random: () => number): string {
  if (label === 'aptupdate' || (label === 'vzdump' && random() < 0.2)) return '';
  if (label.startsWith('srv')) return ['pveproxy', 'ssh', 'chrony'][Math.floor(random() * 3)] ?? '';
  return String(100 + Math.floor(random() * GUESTS));
}

function statusOf(random: () => number): string {
  const dice = random();
  if (dice < 0.93) return 'OK';
  if (dice < 0.95) return `WARNINGS: ${1 + Math.floor(random() * 9)}`;
  if (dice < 0.96) return 'received interrupt';
  if (dice < 0.965) return 'unexpected status';
  const number = Math.floor(random() * 2000);
  return (
    [
      `can't lock file '/var/lock/qemu-server/lock-${number}.conf' - got timeout`,
      `command '/usr/bin/qm start ${number}' failed: exit code 255`,
      `storage 'nfs-${number % 20}' is not online`,
      'job errors',
    ][number % 4] ?? 'job errors'
  );
}

/** A log such as the task could have written: most are short, one in a hundred is long. */
export function seededLog(task: SeenTask, seed: number): string {
  const random = randomOf(seed ^ task.upid.pid);
  const lines = random() < 0.01 ? 2000 + Math.floor(random() * 20_000) : 2 + Math.floor(random() * 60);
  const text: string[] = [`INFO: starting ${task.upid.type} ${task.upid.id} on ${task.upid.node}`];
  for (let at = 1; at < lines; at += 1) {
    const done = Math.floor((at / lines) * 100);
    text.push(
      `INFO: ${done}% (${(random() * 50).toFixed(1)} GiB of 50.0 GiB) in ${at}s, read: ${Math.floor(random() * 900)}.0 MiB/s`,
    );
  }
  text.push(task.end?.status === 'OK' ? 'TASK OK' : `TASK ERROR: ${task.end?.status ?? ''}`);
  return `${text.join('\n')}\n`;
}

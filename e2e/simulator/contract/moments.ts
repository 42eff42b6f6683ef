import type { NewTask } from '../start.ts';
import type { NodeState } from '../world/model.ts';
import type { Lab } from './lab.ts';

/** Recordings that were made in one state of the lab, and how the simulator gets there. */
export type Moment = { title: string; of: RegExp; prepare?(lab: Lab): Promise<void> };

const PVE1 = { cluster: 'lab', node: 'pve1' };
const PVE2 = { cluster: 'lab', node: 'pve2' };
const ticks = (to: number, from = 1): string[] => Array.from({ length: to - from + 1 }, (_, at) => `tick ${from + at}`);
const fox = (n: number): string => `line ${n}: the quick brown fox jumps over the lazy dog`;

const RUNNING = {
  root: 'UPID:pve1:00000469:0003C527:6B003719:labjob:100:root@pam:',
  operator: 'UPID:pve1:0000046B:0003C53D:6B003719:labjob:100:operator@pve:',
  other: 'UPID:pve2:0000013D:0003C5D2:6B00371B:labjob:200:root@pam:',
  partial: 'UPID:pve1:0000031A:00059231:6B003BB5:labjob:100:root@pam:',
  later: 'UPID:pve1:00000D14:0004DF8E:6B0039EC:labjob:100:operator@pve!full:',
};

/** The scenario's own running tasks. */
const FIRST = [
  'UPID:pve1:000003E5:0003ADEF:6B0036DE:vzdump:100:root@pam:',
  'UPID:pve1:000003E7:0003AE08:6B0036DE:labjob::operator@pve:',
  'UPID:pve1:000003E9:0003AE20:6B0036DE:qmigrate:101:admin@pve!full:',
  'UPID:pve2:0000012F:0003AE38:6B0036DE:vzdump:200:root@pam:',
];

async function start(lab: Lab, upid: string, task: Omit<NewTask, 'cluster' | 'node' | 'type'> = {}): Promise<void> {
  const place = upid.startsWith('UPID:pve2:') ? PVE2 : PVE1;
  await lab.simulator.startTask({ ...place, type: 'labjob', upid, ...task });
}

async function write(lab: Lab, upid: string, lines: readonly string[]): Promise<void> {
  const place = upid.startsWith('UPID:pve2:') ? PVE2 : PVE1;
  await lab.simulator.append(place, upid, lines.map((line) => `${line}\n`).join(''));
}

/** Those that had ended: pid, start ticks, start time of a labjob on guest 100 by root, and what it wrote. */
const ENDED: [upid: string, task: Pick<NewTask, 'lines' | 'raw' | 'status'>][] = [
  ['0000044D:0003C3D5:6B003716', { lines: ['line 1 of 3', 'line 2 of 3', 'line 3 of 3'] }],
  ['0000044F:0003C3ED:6B003716', {}],
  [
    '00000453:0003C41D:6B003716',
    { lines: ['INFO: doing something'], status: 'first line of the error second line third line' },
  ],
  ['00000451:0003C405:6B003716', { lines: ['INFO: doing something'], status: "command 'foo' failed: exit code 2" }],
  ['00000459:0003C461:6B003717', { lines: ['about to be killed'], status: null }],
  ['0000045B:0003C477:6B003717', { lines: ['leaving'], status: null }],
  ['0000045F:0003C4A5:6B003718', { lines: ['TASK OK', 'TASK ERROR: just text in the log', 'done'] }],
  ['00000463:0003C4D5:6B003718', { lines: ['short before', 'x'.repeat(200_000), 'short after'] }],
  ['0000045D:0003C48E:6B003718', { raw: 'no newline at the end' }],
  ['00000467:0003C510:6B003719', { lines: ['progress 10%\rprogress 50%\rprogress 100%'] }],
  [
    '00000455:0003C434:6B003717',
    {
      lines: ['INFO: start', 'WARN: this is warning 1', 'WARN: this is warning 2', 'INFO: end'],
      status: 'WARNINGS: 2',
    },
  ],
  ['00000457:0003C44A:6B003717', { lines: ['WARN: careful'], status: 'failed anyway' }],
  ['00000465:0003C4F7:6B003719', { lines: Array.from({ length: 10_000 }, (_, at) => fox(at + 1)) }],
  [
    '00000461:0003C4BC:6B003718',
    {
      lines: ['plain ascii', 'utf-8: äöü € 日本 😀'],
      raw:
        'latin1: \xe4\xf6\xfc\ninvalid utf-8: \xff\xfe\xc3(\nansi: \x1b[31mred\x1b[0m \x1b[1mbold\x1b[0m\n' +
        'tab:\there, bell:\x07, backspace:\b, vt:\v, ff:\f, del:\x7f, nul:\0.\ncarriage\rreturn\r\n' +
        'html: <b>&amp;"\'</b>\n\n   leading and trailing spaces   \nu2028:\xe2\x80\xa8 end\n',
    },
  ],
];

const node =
  (state: NodeState, place = PVE2) =>
  (lab: Lab) =>
    lab.simulator.setNode(place, { state });

/** In the order in which they happen; a recording belongs to the first that fits. */
export const MOMENTS: readonly Moment[] = [
  {
    title: 'a ticket of 1 h 58 min',
    of: /^auth-almost-expired/,
    prepare: async (lab) => {
      lab.old = await lab.signIn('auditor@pve');
      await lab.advance(7080);
    },
  },
  { title: 'a ticket older than two hours', of: /^auth-(expired|csrf-expired)/, prepare: (lab) => lab.advance(200) },
  {
    title: 'a ticket from 200 s ahead',
    of: /^auth-future-ticket-200s/,
    prepare: (lab) => fromAhead(lab, 200),
  },
  { title: 'a ticket from 400 s ahead', of: /^auth-future-ticket-400s/, prepare: (lab) => fromAhead(lab, 400) },
  {
    title: 'a user that was disabled meanwhile',
    of: /^auth-disabled-user-ticket/,
    prepare: async (lab) => {
      await lab.simulator.call('/users', { cluster: 'lab', userid: 'disabled@pve', enabled: true });
      lab.old = await lab.signIn('disabled@pve');
      await lab.simulator.call('/users', { cluster: 'lab', userid: 'disabled@pve', enabled: false });
    },
  },
  {
    title: 'signing in, and who may what',
    of: /^(auth|permissions|domains|token)/,
    prepare: async (lab) => {
      lab.half = (await lab.signIn('totp@pve')).ticket;
    },
  },
  {
    title: 'four tasks run, a hundred have ended',
    of: /^(tasks-(?!.*token-task)|cluster-(?!tasks-token-task)|nodes|resources|version|path|method|delete|gzip|transfer)/,
  },
  {
    title: 'a token has a task running',
    of: /^(tasks|cluster-tasks)-.*token-task-as-/,
    prepare: async (lab) => {
      for (const upid of FIRST) await lab.simulator.finish(upid.startsWith('UPID:pve2:') ? PVE2 : PVE1, upid);
      await start(lab, RUNNING.later, { hold: true });
      await start(lab, 'UPID:pve1:00000D37:0004EA27:6B003A07:labjob:100:operator@pve!full:');
    },
  },
  {
    title: 'ended tasks of every kind, and some that run',
    of: /^(status-(?!stopped)|task-|log-(?!stopped|partial-running|running-2|running-at-end|download-other))/,
    prepare: async (lab) => {
      for (const [id, task] of ENDED) await start(lab, `UPID:pve1:${id}:labjob:100:root@pam:`, task);
      await start(lab, RUNNING.root, { lines: ticks(9), hold: true });
      await start(lab, RUNNING.operator, { lines: ticks(13), hold: true });
      await start(lab, RUNNING.other, { lines: ticks(12), hold: true });
      await start(lab, 'UPID:pve1:00000475:0003C5A5:6B00371A:labjob:100:root@pam:', { hold: true });
      await start(lab, 'UPID:pve1:00000477:0003C5BB:6B00371B:labjob:100:operator@pve!full:', { hold: true });
    },
  },
  {
    title: 'some seconds later',
    of: /^log-(running-2|running-at-end|download-other|partial-running-1)/,
    prepare: async (lab) => {
      await write(lab, RUNNING.root, ticks(12, 10));
      await write(lab, RUNNING.other, ticks(17, 13));
      await start(lab, RUNNING.partial, { raw: 'progress 10%', hold: true });
    },
  },
  {
    title: 'a half-written line has grown',
    of: /^log-partial-running/,
    prepare: (lab) => lab.simulator.append(PVE1, RUNNING.partial, '\rprogress 50%'),
  },
  {
    title: 'tasks are stopped',
    of: /^stop-/,
    prepare: async (lab) => {
      await write(lab, RUNNING.operator, ticks(19, 14));
      await start(lab, 'UPID:pve1:0000046D:0003C55D:6B00371A:labjob:100:root@pam:', { hold: true });
      await start(lab, 'UPID:pve1:00000471:0003C58E:6B00371A:labjob:100:root@pam:', {
        lines: ['from child'],
        hold: true,
      });
      const stubborn = ticks(27).map((tick) => `${tick} (ignoring TERM)`);
      const upid = 'UPID:pve1:0000046F:0003C577:6B00371A:labjob:100:root@pam:';
      await start(lab, upid, { lines: stubborn, hold: true, ignoresTerm: true });
    },
  },
  { title: 'tasks were stopped', of: /-stopped/ },
  { title: 'the daemon of the node is stopped', of: /^fail-daemon-down/, prepare: node('daemon-down', PVE1) },
  {
    title: 'the proxy of the other node is stopped',
    of: /^fail-node-proxy-down/,
    prepare: async (lab) => {
      await node('up', PVE1)(lab);
      await node('proxy-down')(lab);
    },
  },
  {
    title: 'the other node has no network',
    of: /^fail-node-(link-down|offline)/,
    prepare: async (lab) => {
      for (const upid of [RUNNING.later, RUNNING.partial]) await lab.simulator.finish(PVE1, upid);
      await node('down')(lab);
    },
  },
  {
    title: 'the other node does not answer',
    of: /^fail-node-hung/,
    prepare: async (lab) => {
      await node('up')(lab);
      await node('frozen')(lab);
    },
  },
];

/** Signs in, then turns the clock back. */
async function fromAhead(lab: Lab, seconds: number): Promise<void> {
  await lab.advance(0);
  lab.old = await lab.signIn('auditor@pve');
  await lab.advance(-seconds);
}

/** Recordings that the simulator is not asked, each with its reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'tasks-rotated': 'eight hundred tasks of that lab were not recorded; task-table.test.ts is about rotation',
};

/** Compared by shape only: figures, fingerprints, and lists whose rows of that moment were not recorded. */
export const BY_SHAPE =
  /^(nodes-|resources-|cluster-status|cluster-log|token-privsep-with-acl$|fail-|gzip-large)|-token-task-as-/;

/** Lists whose order means nothing. */
export const UNORDERED = /^(domains|cluster-tasks|token-list|users)/;

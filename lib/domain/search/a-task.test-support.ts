import type { Guest } from '@/lib/domain/guest';
import { vmidOf } from '@/lib/domain/guest';
import type { Task } from '@/lib/domain/task';
import { resultOf } from '@/lib/domain/task-result';
import { epochSeconds } from '@/lib/domain/time';
import { joinActor } from '@/lib/domain/upid';
import type { ClusterView } from '@/lib/domain/visibility';

const at = (iso: string): number => Date.parse(iso) / 1000;

/** The second in which the examples run, a Wednesday. */
export const NOW = epochSeconds(at('2025-01-15T14:30:20Z'));

export type TaskFacts = {
  label?: string;
  id?: string;
  node?: string;
  cluster?: string;
  user?: string;
  token?: string | null;
  started?: string;
  ended?: string | null;
  exitStatus?: string;
  guest?: Partial<Guest> | null;
  parent?: string;
  hasLog?: boolean;
};

/** A task of which only what matters is named: else an ended, successful start of VM 100 on pve1 this morning. */
export function aTask(facts: TaskFacts = {}): Task {
  const { label = 'qmstart', id = '100', node = 'pve1', user = 'root@pam', token = null } = facts;
  const startedAt = epochSeconds(at(facts.started ?? '2025-01-15T06:00:00Z'));
  const endedAt = facts.ended === null ? null : epochSeconds(facts.ended ? at(facts.ended) : startedAt + 60);
  const exitStatus = endedAt === null ? null : (facts.exitStatus ?? 'OK');
  const vmid = vmidOf(label, id);
  const guest =
    facts.guest && vmid !== null ? { vmid, type: null, name: null, tags: [], pool: null, ...facts.guest } : null;
  return {
    archiveId: startedAt * 2 ** 21,
    cluster: facts.cluster ?? 'lab',
    upid: `UPID:${node}:000010E1:0001A2B3:${startedAt.toString(16).toUpperCase()}:${label}:${id}:${joinActor(user, token)}:`,
    ...{ node, listedBy: node, pid: 0x10e1, pstart: 0x1a2b3, label, object: id, user, token, startedAt, endedAt },
    state: endedAt === null ? 'running' : 'stopped',
    result: exitStatus === null ? 'pending' : resultOf(exitStatus),
    ...{ exitStatus, vmid, guest, parent: facts.parent ?? null, stopAsked: null },
    log: facts.hasLog ? { lines: 1, bytes: 8, sha256: '' } : null,
  };
}

/** A viewer who is alice@pve and sees guests 100 and 200. */
export const ALICE: ClusterView = {
  identity: 'alice@pve',
  permissions: {},
  aclPaths: null,
  guests: new Set([100, 200]),
};

import type { Guest } from './guest';
import type { TaskResult, TaskState } from './task-result';
import type { EpochSeconds } from './time';
import type { Upid } from './upid';

/** A UPID is unique within one cluster only, so a task is named by its cluster and its UPID together. */
export type TaskRef = { cluster: string; upid: string };

/** The address of a task's page, without the base path. */
export const taskHref = (task: TaskRef): `/tasks/${string}/${string}` =>
  `/tasks/${encodeURIComponent(task.cluster)}/${encodeURIComponent(task.upid)}`;

/** How Proxmox said a task ended. `time` is when the node noticed. */
export type TaskEnd = { time: EpochSeconds; status: string };

/** What a cluster tells of a task, before it is archived. */
export type SeenTask = {
  upid: Upid;
  /** Missing while the worker runs. */
  end?: TaskEnd;
};

/** A task as the archive keeps it. */
export type Task = {
  /** Orders tasks by start, `startedAt * 2^21 + n`: fixed for ever, so a cursor is one of these. */
  archiveId: number;
  cluster: string;
  upid: string;
  /** The node named in the UPID. */
  node: string;
  /** The node in whose list it stood, where its log is asked for: another one after a rename (api-contract 3.3). */
  listedBy: string;
  pid: number;
  pstart: number;
  /** The worker type. */
  label: string;
  /** The worker id of the UPID, as it stands there. */
  object: string;
  user: string;
  token: string | null;
  startedAt: EpochSeconds;
  /** Null while it runs. */
  endedAt: EpochSeconds | null;
  state: TaskState;
  result: TaskResult;
  /** Proxmox's own text at the end; null while it runs. */
  exitStatus: string | null;
  vmid: number | null;
  /** The guest when the task was first seen, or the first one learnt; null when nothing is known but the VMID. */
  guest: Guest | null;
  parent: string | null;
  log: StoredLog | null;
  stopAsked: { at: EpochSeconds; by: string } | null;
};

/** A kept log: `lines` and `bytes` as on the node. */
export type StoredLog = { lines: number; bytes: number; sha256: string };

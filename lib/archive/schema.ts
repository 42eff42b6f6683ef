import type { TaskResult, TaskState } from '@/lib/domain/task-result';

/** `id` is `startedAt * 2^21 + n`: SQLite's rowid, in the order of time, below 2^53 until 2106. */
export const PER_SECOND = 2 ** 21;

/** How states and results are written down; the position is the number in the table, so only add at the end. */
export const STATE_CODES = [
  'stopped',
  'running',
  'unknown',
  'pending',
  'paused',
] as const satisfies readonly TaskState[];
export const RESULT_CODES = [
  'pending',
  'success',
  'warning',
  'error',
  'cancelled',
  'unknown',
  'partial',
] as const satisfies readonly TaskResult[];
export const stateCode = (state: TaskState): number => STATE_CODES.indexOf(state as (typeof STATE_CODES)[number]);
export const resultCode = (result: TaskResult): number => RESULT_CODES.indexOf(result);

/** `log_state`: not fetched yet, kept, or gone from the node before it could be. */
export const LOG_MISSING = 0;
export const LOG_KEPT = 1;
export const LOG_LOST = 2;

export type TaskTable = {
  id: number;
  node_id: number;
  label_id: number;
  actor_id: number;
  state: number;
  result: number;
  /** Seconds from start to end; null while there is no end. */
  dur: number | null;
  guest_id: number | null;
  object: string | null;
  exit_id: number | null;
  pid: number;
  pstart: number;
  /** Only where it differs from what the other columns print. */
  upid: string | null;
  log_state: number;
};

/** `listed_by` is the node in whose list the task stood; it differs from `name` after a rename. */
export type NodeTable = { id: number; cluster: string; name: string; listed_by: string };
export type LabelTable = { id: number; label: string };
export type ActorTable = { id: number; user: string; realm: string; token: string | null };
/** One row for each combination seen, so that a task keeps what its guest was; `tags` is a JSON list. */
export type GuestTable = {
  id: number;
  cluster: string;
  vmid: number;
  type: string | null;
  name: string | null;
  tags: string;
  pool: string | null;
};
export type ExitTable = { id: number; text: string };

export type ArchiveSchema = {
  task: TaskTable;
  task_more: {
    task_id: number;
    parent: string | null;
    run_id: number | null;
    stop_asked: number | null;
    stop_asked_by: string | null;
    pinned: number | null;
  };
  task_gone: { id: number; node_id: number; pid: number; pstart: number };
  node: NodeTable;
  label: LabelTable;
  actor: ActorTable;
  guest: GuestTable;
  exit: ExitTable;
  gap: { cluster: string; node: string; from_s: number; to_s: number };
  reading: { cluster: string; node: string; at: number; newest: string };
  session: { id: string; sealed: Uint8Array; created_at: number; seen_at: number };
  bookmark: BookmarkTable;
  stock_dropped: { cluster: string; user: string; name: string };
  /** `at` in milliseconds. */
  search_history: { cluster: string; user: string; search: string; at: number };
};

export type BookmarkTable = {
  id: string;
  cluster: string;
  /** `user@realm` */
  user: string;
  name: string;
  search: string;
  sort: string;
  /** 1 when everyone in the cluster sees it. */
  public: number;
};

/** Where the logs of tasks of one month (UTC) are kept: a file of SQLite, partitions of Postgres. from <= id < to. */
export type LogMonth = { file: string; from: number; to: number };

export type LogSchema = {
  /** Written last, with the log's last piece: a log without this row is not whole. */
  log: { task_id: number; lines: number; bytes: number; sha256: string };
  chunk: { id: number; zstd: Uint8Array };
  piece: PieceTable;
  tail: { task_id: number; seq: number; bytes: Uint8Array };
};

export type PieceTable = {
  task_id: number;
  /** The number of the first line that begins in this piece. */
  first_line: number;
  seq: number;
  /** 1 when it begins in the middle of a line. */
  mid: number;
  byte_from: number;
  bytes: number;
  /** Where its bytes are: in a chunk from `at`, or, while null, in `tail`. */
  chunk_id: number | null;
  at: number;
};

import type { Guest } from '@/lib/domain/guest';
import type { LogLine } from '@/lib/domain/log/line';
import type { BoundQuery, Order } from '@/lib/domain/search/bound';
import type { SeenTask, StoredLog, Task, TaskRef } from '@/lib/domain/task';
import type { EpochSeconds } from '@/lib/domain/time';
import type { Viewer } from '@/lib/domain/visibility';

export type SearchRequest = {
  viewer: Viewer;
  query: BoundQuery;
  order: Order;
  perPage: number;
  /** By number for the first 10,000 rows, by cursor at any depth. */
  at: { page: number } | { cursor: string };
  /** For durations of running tasks. */
  now: EpochSeconds;
};

/** A count that stopped early is a lower bound and says so. */
export type Count = { count: number; exact: boolean };

export type SearchAnswer = { tasks: Task[]; total: Count; subtotal: Count; nextCursor: string | null };

/** Which lines of a stored log; `skip` lines are left out first. */
export type LogWindow = { skip: number; limit: number };

/**
 * What the archive tells when tasks were added, ended or changed: their ids, in one transaction's order. `missed`: what
 * other instances changed before this one can no longer be told task by task.
 */
export type ArchiveChange = { archiveIds: readonly number[]; missed?: true };

/**
 * What people may ask of the archive. Every read takes a viewer and gives only what that viewer may see
 * (api-contract 2.11); what they may not see is not there.
 */
export interface Archive {
  searchTasks(request: SearchRequest): Promise<SearchAnswer>;
  getTask(viewer: Viewer, ref: TaskRef): Promise<Task | undefined>;
  /** Those of the ids that the viewer may see. */
  getTasks(viewer: Viewer, archiveIds: readonly number[]): Promise<Task[]>;
  readLog(viewer: Viewer, ref: TaskRef, window: LogWindow): Promise<{ total: number; lines: LogLine[] } | undefined>;
  /** The stored bytes from `from` up to, not including, `to`; undefined when no log is kept. */
  readLogBytes(
    viewer: Viewer,
    ref: TaskRef,
    range: { from: number; to: number },
  ): Promise<{ log: StoredLog; bytes: ReadableStream<Uint8Array> } | undefined>;
  /** Notes that this person asked Proxmox to stop a task, so that its end is read as cancelled. */
  noteStop(ref: TaskRef, at: EpochSeconds, by: string): Promise<void>;
  /** Called after each commit that changed tasks, of any instance; gives back how to stop listening. */
  onChange(listener: (change: ArchiveChange) => void): () => void;
}

export type SaveTasks = {
  cluster: string;
  /** The node whose list this is. */
  listedBy: string;
  tasks: readonly SeenTask[];
  /** Guests of the cluster as they are now, by VMID; kept with tasks that are new. */
  guests: ReadonlyMap<number, Guest>;
};

export type SaveAnswer = {
  added: number;
  ended: number;
  /** Whether an ended task of this list was known as ended before: if not, and the node was swept before, some are lost. */
  metKnownEnd: boolean;
  /** Nothing of this node was kept before. */
  first: boolean;
};

/** A running or logless task as the collector needs it: it acts for nobody, so it is shown nobody's names. */
export type Unfinished = { ref: TaskRef; archiveId: number; listedBy: string; startedAt: EpochSeconds };

export type Gap = { cluster: string; node: string; from: EpochSeconds; to: EpochSeconds };

/** What the collector writes and the little it reads back. Nothing of this is shown to anyone. */
export interface CollectorStore {
  /** One transaction per 1,000 rows; safe to repeat. Ends are never taken back, save by `correctEnd`. */
  saveTasks(save: SaveTasks): Promise<SaveAnswer>;
  /** Whether any of these is kept here as ended. */
  knowsAnEndOf(cluster: string, tasks: readonly SeenTask[]): Promise<boolean>;
  runningTasks(cluster: string): Promise<Unfinished[]>;
  /** Running tasks of a node that went away become unknown, and running again when it is back. */
  markNode(cluster: string, node: string, state: 'running' | 'unknown'): Promise<void>;
  /** An end that was read too early, corrected once from the log's last line (product rule 12). */
  correctEnd(ref: TaskRef, status: string): Promise<void>;
  /** Ended tasks whose log is still to be fetched, newest end first; of one node when it is named. */
  missingLogs(cluster: string, limit: number, listedBy?: string): Promise<Unfinished[]>;
  countMissingLogs(cluster: string, listedBy?: string): Promise<number>;
  /** The latest end kept of a node's tasks, where a gap begins; null when none is kept. */
  latestEnd(cluster: string, listedBy: string): Promise<EpochSeconds | null>;
  /** Keeps the log byte for byte; replaces nothing that is kept. */
  saveLog(ref: TaskRef, bytes: AsyncIterable<Uint8Array>): Promise<StoredLog>;
  /** The node has no such log any more, so it is not asked for again. */
  markLogLost(ref: TaskRef): Promise<void>;
  saveGap(gap: Gap): Promise<void>;
  gaps(cluster: string): Promise<Gap[]>;
}

/** One sealed row per session; the archive cannot read what is in it. */
export type SealedSession = { id: string; sealed: Uint8Array; createdAt: EpochSeconds; seenAt: EpochSeconds };

/** Where the ticket vault survives a restart, and where instances that share a database find each other's sessions. */
export interface SessionStore {
  loadSessions(): Promise<SealedSession[]>;
  findSession(id: string): Promise<SealedSession | undefined>;
  /** A new session, or what has become of one: false when that one is gone, which it then stays. */
  saveSession(session: SealedSession, how: 'new' | 'known'): Promise<boolean>;
  touchSession(id: string, seenAt: EpochSeconds): Promise<void>;
  deleteSession(id: string): Promise<void>;
  /** Called when another instance saved or deleted a session; with null when that may have happened to any. */
  onSession(listener: (id: string | null) => void): () => void;
}

/** `holder` is one instance; `note` is what it tells those who do not get the lease, kept when absent. */
export type Lease = { name: string; holder: string; ttlMs: number; note?: string };

/** For what only one of several instances may do at a time. */
export interface LeaseStore {
  /** Takes a lease that nobody holds, that has run out, or that this holder has: it then lasts for `ttlMs` from now. */
  acquireLease(lease: Lease): Promise<{ held: true } | { held: false; note: string | null }>;
  releaseLease(name: string, holder: string): Promise<void>;
}

/** The opened archive; `close` waits for what was begun. */
export interface OpenArchive extends Archive, CollectorStore, SessionStore, LeaseStore {
  /** Answers when the database can be read and written; throws `unavailable` with the reason otherwise. */
  check(): Promise<void>;
  close(): Promise<void>;
}

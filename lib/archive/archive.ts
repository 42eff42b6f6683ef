import type { Guest } from '@/lib/domain/guest';
import type { LogLine } from '@/lib/domain/log/line';
import type { BoundQuery, Order } from '@/lib/domain/search/bound';
import type { CountedField } from '@/lib/domain/search/fields';
import type { SeenTask, StoredLog, Task, TaskRef } from '@/lib/domain/task';
import type { TaskResult } from '@/lib/domain/task-result';
import type { EpochSeconds } from '@/lib/domain/time';
import type { Viewer } from '@/lib/domain/visibility';
import type { Zone } from '@/lib/domain/zone';

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

/** Which values tasks have; only those that begin as typed when `prefix` is given, case ignored, `*` for anything. */
export type ValuesRequest = {
  viewer: Viewer;
  query: BoundQuery;
  fields: readonly CountedField[];
  prefix?: string;
  /** At most so many of each field. */
  limit: number;
  now: EpochSeconds;
};

export type ValueCount = Count & { value: string };

export type HistogramRequest = {
  viewer: Viewer;
  query: BoundQuery;
  from: EpochSeconds;
  to: EpochSeconds;
  /** Whole days are those of the zone; shorter ones are counted from 1970 on. */
  bucketSeconds: number;
  zone: Zone;
  now: EpochSeconds;
};

/** Tasks that started from `start` on, up to the next bucket, by result; results that none has are left out. */
export type Bucket = { start: EpochSeconds; byResult: Partial<Record<TaskResult, number>> };

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
  /** Values in the tasks that fit, most frequent first. A count that stopped early is a lower bound. */
  countValues(request: ValuesRequest): Promise<ReadonlyMap<CountedField, ValueCount[]>>;
  /** The tasks that fit by start, every bucket from `from` up to `to`. */
  histogram(request: HistogramRequest): Promise<Bucket[]>;
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

/**
 * The newest ended tasks of a node's list, by UPID, when it was last read and kept as a whole. A later list that names one
 * of them has missed nothing in between; ends that were heard of elsewhere are none of them.
 */
export type ListReading = { at: EpochSeconds; newest: readonly string[] };

/** What the collector writes and the little it reads back. Nothing of this is shown to anyone. */
export interface CollectorStore {
  /** One transaction per 1,000 rows; safe to repeat. Ends are never taken back, save by `correctEnd`. */
  saveTasks(save: SaveTasks): Promise<SaveAnswer>;
  runningTasks(cluster: string): Promise<Unfinished[]>;
  /** Running tasks of a node that went away become unknown, and running again when it is back. */
  markNode(cluster: string, node: string, state: 'running' | 'unknown'): Promise<void>;
  /** An end that was read too early, corrected once from the log's last line (product rule 12). */
  correctEnd(ref: TaskRef, status: string): Promise<void>;
  /** Ended tasks whose log is still to be fetched, newest end first; of one node when it is named. */
  missingLogs(cluster: string, limit: number, listedBy?: string): Promise<Unfinished[]>;
  countMissingLogs(cluster: string, listedBy?: string): Promise<number>;
  /** What the last whole reading of a node's list came to; undefined before the first. */
  lastReading(cluster: string, node: string): Promise<ListReading | undefined>;
  saveReading(cluster: string, node: string, reading: ListReading): Promise<void>;
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

/** To whom saved searches and history belong (product rule 4); `user` is `user@realm`. */
export type Owner = { cluster: string; user: string };

export type Bookmark = { id: string; owner: Owner; name: string; search: string; order: string; isPublic: boolean };

/** What people keep of their searches. */
export interface SearchStore {
  /** Those of these owners, then public ones of others in their clusters; each in order of name. */
  bookmarks(owners: readonly Owner[]): Promise<Bookmark[]>;
  /** False when its owner has one of that name. */
  addBookmark(bookmark: Bookmark): Promise<boolean>;
  deleteBookmark(id: string): Promise<void>;
  /** Names of stock searches that one of these has thrown away. */
  droppedStock(owners: readonly Owner[]): Promise<string[]>;
  dropStock(owners: readonly Owner[], name: string): Promise<void>;
  /** What these searched for, latest first, each search once. */
  searchHistory(owners: readonly Owner[], limit: number): Promise<string[]>;
  /** `at` in milliseconds; only the latest `keep` of an owner stay. */
  noteSearch(owner: Owner, search: string, at: number, keep: number): Promise<void>;
  forgetSearches(owners: readonly Owner[]): Promise<void>;
}

/** The opened archive; `close` waits for what was begun. */
export interface OpenArchive extends Archive, CollectorStore, SessionStore, SearchStore, LeaseStore {
  /** Answers when the database can be read and written; throws `unavailable` with the reason otherwise. */
  check(): Promise<void>;
  close(): Promise<void>;
}

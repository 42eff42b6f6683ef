import type { Logger } from 'pino';
import type { CollectorStore, Gap } from '@/lib/archive/archive';
import type { Wait } from './alarm';
import type { GuestList } from './guests';
import type { ClusterReads } from './reads';

/** What one node's part of the collector is handed by its cluster. */
export type NodeDeps = {
  cluster: string;
  node: string;
  reads: ClusterReads;
  store: CollectorStore;
  guests: GuestList;
  /** Milliseconds. */
  now(): number;
  wait: Wait;
  log: Logger;
  keepLogs: boolean;
  maxLogBytes: number;
  /** Whether the cluster answers and takes our token: until it does, its nodes are left alone. */
  isOpen(): boolean;
  /** Whether `cluster/tasks` tells of every change; a token without Sys.Audit on `/` hears nothing there. */
  hasSignal(): boolean;
  /** Told of what concerns the whole cluster: a refused token, no address that answers. */
  onTrouble(error: unknown): void;
  onGap(gap: Gap): void;
  /** Something that `status` tells has changed. */
  onFacts(): void;
};

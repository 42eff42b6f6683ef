import type { Gap } from '@/lib/archive/archive';

/** How the collector stands with one node. Times in milliseconds, null when it never happened. */
export type NodeFacts = {
  node: string;
  state: 'online' | 'offline' | 'unknown';
  /** When its list was last known to be right. */
  asOf: number | null;
  lastSweepAt: number | null;
  running: number;
  logsToFetch: number;
  error: string | null;
  retryAt: number | null;
};

/** How the collector stands with one cluster. Times in milliseconds. */
export type ClusterFacts = {
  id: string;
  name: string;
  /** The address that answers, or the first; null when none is configured. */
  url: string | null;
  state: 'ok' | 'starting' | 'away' | 'refused';
  asOf: number | null;
  /** Since when it is in this state. */
  since: number;
  version: string | null;
  error: string | null;
  retryAt: number | null;
  logsToFetch: number;
  missingRights: readonly string[];
  gaps: readonly Gap[];
  nodes: readonly NodeFacts[];
};

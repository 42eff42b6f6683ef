import type { Archive, SearchStore } from '@/lib/archive/archive';
import type { Failure } from '@/lib/contract/task';
import type { Viewer } from '@/lib/domain/visibility';
import type { Transport } from '@/lib/proxmox/transport';
import type { Collector } from './collector/collector';
import type { TailHub } from './log-tail/hub';
import type { ChangeFeed } from './tasks/change-feed';

/** Who asks, what they may see, until when. Every service takes one first. */
export type Context = {
  requestId: string;
  /** What may be seen as of the last `refresh`; read it again after each wait, never keep it. */
  readonly viewer: Viewer;
  /** Clusters that show the viewer nothing now, or what was known last: not signed in, or away. */
  readonly failures: readonly Failure[];
  /** All configured clusters the viewer could be signed in to; an API token knows only its own. */
  clusters: readonly { id: string; name: string }[];
  /** The cluster as this viewer, with their own ticket or token. Throws `not_signed_in`. */
  pve(cluster: string): Transport;
  /** Reads the viewer's rights again when they are older than a minute. Throws `signed_out` once the session has ended. */
  refresh(): Promise<Viewer>;
  archive: Archive & SearchStore;
  collector: Collector;
  tails: TailHub;
  changes: ChangeFeed;
  /** Before each of our own addresses that is shown or answered; empty at the root. */
  basePath: string;
  /** What the configuration lets people do at all; Proxmox decides about each of them. */
  actions: { stop: boolean };
  /** Milliseconds. */
  now(): number;
  /** Aborts when the asker is gone, the session has ended or the process stops. */
  signal: AbortSignal;
};

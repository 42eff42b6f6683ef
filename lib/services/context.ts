import type { Archive } from '@/lib/archive/archive';
import type { Viewer } from '@/lib/domain/visibility';
import type { Transport } from '@/lib/proxmox/transport';
import type { Collector } from './collector/collector';
import type { TailHub } from './log-tail/hub';

/** Who asks, what they may see, until when. Every service takes one first. */
export type Context = {
  requestId: string;
  viewer: Viewer;
  /** All configured clusters the viewer could be signed in to; an API token knows only its own. */
  clusters: readonly { id: string; name: string }[];
  /** The cluster as this viewer, with their own ticket or token. Throws `not_signed_in`. */
  pve(cluster: string): Transport;
  archive: Archive;
  collector: Collector;
  tails: TailHub;
  /** Milliseconds. */
  now(): number;
  signal: AbortSignal;
};

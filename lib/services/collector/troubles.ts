import { hasCode, isAppError } from '@/lib/domain/errors';

/** Whether Proxmox refused the collector's token itself: each try costs it 3 s, so tries are rare. */
export const isRefused = (error: unknown): boolean => hasCode(error, 'signed_out') || hasCode(error, 'refused');

/** Whether the cluster answers but this node of it does not. */
export const isNodeAway = (error: unknown): boolean => hasCode(error, 'node_unreachable');

export const isClusterAway = (error: unknown): boolean => hasCode(error, 'cluster_unreachable');

/** The sentence for the operator; what is no AppError is a bug of ours, and its text is for the log alone. */
export const sentenceOf = (error: unknown): string =>
  isAppError(error) ? error.message : 'Something unexpected went wrong; the log of Taskscope has the details.';

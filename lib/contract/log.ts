import { z } from 'zod';
import type { TaskAnswer } from './task';

export const LogLineAnswer = z.object({ n: z.number().int().min(1), t: z.string() });

export const LogRequest = z.strictObject({
  cluster: z.string(),
  upid: z.string(),
  start: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
});

export const LogAnswer = z.object({
  total: z.number().int(),
  lines: z.array(LogLineAnswer),
  complete: z.boolean().describe('the task has ended and these lines are final'),
  /** Why there is nothing to show: the log was gone before it could be kept, or the node does not answer. */
  missing: z.enum(['lost', 'node_away']).nullable(),
});
export type LogAnswer = z.infer<typeof LogAnswer>;

/** Events of `…/log/stream`; the id of `lines` is the last line's number. */
export type LogEvents = {
  lines: { lines: z.infer<typeof LogLineAnswer>[]; total: number };
  progress: { progress: number | null };
  /** The node does not answer; the log goes on when it does. */
  away: { node: string; since: string };
  /** What was missed cannot be sent again: load the log anew. */
  reset: Record<string, never>;
  end: { task: z.infer<typeof TaskAnswer> };
};

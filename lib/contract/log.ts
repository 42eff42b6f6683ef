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

export const LogStreamRequest = z.strictObject({
  cluster: z.string(),
  upid: z.string(),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('lines at hand; the last of them comes again if it has grown'),
});
export type LogStreamRequest = z.infer<typeof LogStreamRequest>;

/** Lines as Proxmox gives them: unordered, twice, in pages, without text (search-language, appendix A). */
export const DecodeRequest = z.strictObject({
  body: z.array(z.looseObject({ n: z.number().int(), t: z.string().nullish() })),
});
export type DecodeRequest = z.infer<typeof DecodeRequest>;

export const DecodeAnswer = z.object({ text: z.string() });
export type DecodeAnswer = z.infer<typeof DecodeAnswer>;

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

import { z } from 'zod';
import { TaskRequest } from './task-ref';

export const WaitRequest = TaskRequest.extend({
  timeout: z.coerce.number().int().min(1).max(3600).default(300).describe('seconds'),
});
export type WaitRequest = z.infer<typeof WaitRequest>;

/** Proxmox was asked; whether the worker has ended is for the task itself to tell. */
export const StopAnswer = z.object({ requested_at: z.string() });
export type StopAnswer = z.infer<typeof StopAnswer>;

/** How many tasks one call may stop. */
export const MOST_STOPS = 500;

export const BulkStopRequest = z
  .strictObject({
    search: z.string().optional().describe('written without mistakes; the running tasks that it finds'),
    tasks: z.array(TaskRequest).min(1).max(MOST_STOPS).optional(),
  })
  .refine(({ search, tasks }) => (search === undefined) !== (tasks === undefined), 'Give either search or tasks');
export type BulkStopRequest = z.infer<typeof BulkStopRequest>;

export const BulkStopAnswer = z.object({
  stopped: z.number().int(),
  skipped: z.number().int().describe('had ended already'),
  results: z.array(
    TaskRequest.extend({
      ok: z.boolean(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});
export type BulkStopAnswer = z.infer<typeof BulkStopAnswer>;

import { z } from 'zod';
import { RESULTS, STATES } from '@/lib/domain/task-result';

const Time = z.string().describe('ISO 8601, UTC');

/** A task as our HTTP API tells it; field names are the search language's. */
export const TaskAnswer = z.object({
  kind: z.enum(['task', 'run', 'step', 'planned']),
  cluster: z.string(),
  upid: z.string(),
  href: z.string().describe('the task page, with the base path'),
  node: z.string(),
  pid: z.number().int().nullable(),
  pstart: z.number().int().nullable(),
  label: z.string(),
  id: z.string(),
  action: z.string(),
  family: z.string(),
  user: z.string(),
  realm: z.string(),
  token: z.string().nullable(),
  vmid: z.number().int().nullable(),
  guest: z.string().nullable(),
  guest_type: z.enum(['qemu', 'lxc']).nullable(),
  tags: z.array(z.string()),
  pool: z.string().nullable(),
  state: z.enum(STATES),
  result: z.enum(RESULTS),
  exitstatus: z.string().nullable(),
  progress: z.number().min(0).max(1).nullable(),
  started_at: Time,
  ended_at: Time.nullable(),
  duration: z.number().describe('seconds; counts up to now while it runs'),
  parent_task_id: z.string().nullable(),
  stop_requested: z.object({ at: Time, by: z.string() }).nullable(),
  log: z.object({ stored: z.boolean(), lines: z.number().nullable(), bytes: z.number().nullable() }),
});
export type TaskAnswer = z.infer<typeof TaskAnswer>;

/** A cluster that could not take part in an answer; the answer itself comes from the archive. */
export const Failure = z.object({
  cluster: z.string(),
  code: z.string(),
  message: z.string(),
  since: Time.nullable(),
});
export type Failure = z.infer<typeof Failure>;

/** A repair or a hint that came with an accepted query, search-language 11. */
export const Notice = z.object({
  code: z.string(),
  message: z.string(),
  position: z.number().int(),
  length: z.number().int(),
  canonical: z.string().nullable(),
});
export type Notice = z.infer<typeof Notice>;

export const TaskListRequest = z.strictObject({
  search: z.string().default(''),
  order: z.string().default('started_at DESC'),
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().optional(),
  tz: z.string().default('UTC'),
});
export type TaskListRequest = z.infer<typeof TaskListRequest>;

export const TaskListAnswer = z.object({
  total: z.number().int(),
  total_is_exact: z.boolean(),
  subtotal: z.number().int(),
  subtotal_is_exact: z.boolean(),
  page: z.number().int(),
  per_page: z.number().int(),
  search: z.string(),
  order: z.string(),
  next_cursor: z.string().nullable(),
  notices: z.array(Notice),
  failures: z.array(Failure),
  results: z.array(TaskAnswer),
});
export type TaskListAnswer = z.infer<typeof TaskListAnswer>;

/** A task on its own page: the list's fields and what only one task is asked for. */
export const TaskDetail = TaskAnswer.extend({
  listed_by: z.string(),
  open_in_proxmox: z.string().nullable().describe('the node that ran it, in the interface of Proxmox itself'),
  children: z.number().int(),
  locks: z.number().int(),
  related: z.number().int(),
  usual: z.object({ median: z.number(), p10: z.number(), p90: z.number(), samples: z.number().int() }).nullable(),
  eta: z.object({ p10_at: Time, p50_at: Time, p90_at: Time, from: z.enum(['log', 'history']) }).nullable(),
  cause: z
    .object({
      text: z.string(),
      lines: z.tuple([z.number().int(), z.number().int()]),
      guest: z.string().nullable(),
      phase: z.string().nullable(),
      similar: z.number().int(),
      similar_search: z.string(),
    })
    .nullable(),
});
export type TaskDetail = z.infer<typeof TaskDetail>;

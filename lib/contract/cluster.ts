import { z } from 'zod';

const Time = z.string().nullable();

export const NodeStatus = z.object({
  node: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  as_of: Time.describe('when its task list was last read'),
  lag: z.number().nullable().describe('seconds since then'),
  last_sweep: Time,
  running: z.number().int().nullable().describe('null for who may not see all tasks of the node'),
  logs_to_fetch: z.number().int(),
  error: z.string().nullable(),
  next_try: Time,
});
export type NodeStatus = z.infer<typeof NodeStatus>;

export const ClusterStatus = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['ok', 'starting', 'away', 'refused', 'not_signed_in']),
  as_of: Time,
  lag: z.number().nullable(),
  since: Time.describe('since when it is in this state'),
  version: z.string().nullable(),
  error: z.string().nullable(),
  next_try: Time,
  logs_to_fetch: z.number().int(),
  missing_rights: z.array(z.string()),
  gaps: z.array(z.object({ node: z.string(), from: z.string(), to: z.string() })),
  nodes: z.array(NodeStatus),
});
export type ClusterStatus = z.infer<typeof ClusterStatus>;

export const ClustersAnswer = z.object({ clusters: z.array(ClusterStatus) });
export type ClustersAnswer = z.infer<typeof ClustersAnswer>;

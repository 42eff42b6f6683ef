import { z } from 'zod';

/** A decoded UPID, in Proxmox's own spelling (search-language appendix A), with what it means in words. */
export const UpidAnswer = z.object({
  upid: z.string(),
  node: z.string(),
  pid: z.number().int(),
  pstart: z.number().int(),
  starttime: z.number().int().describe('seconds since 1970, UTC'),
  type: z.string(),
  id: z.string(),
  user: z.string().describe('without the token'),
  tokenid: z.string().optional(),
  comment: z.string(),
  started_at: z.string().describe('ISO 8601, UTC'),
  action: z.string(),
  family: z.string(),
  realm: z.string(),
  vmid: z.number().int().nullable(),
});
export type UpidAnswer = z.infer<typeof UpidAnswer>;

export const UpidRequest = z.strictObject({ upid: z.string() });

import { z } from 'zod';

/** The process runs. */
export const LiveAnswer = z.object({ live: z.literal(true) });

/** It can serve: the database reads and writes at its newest schema, and the collector runs. Else a 503 `unavailable`. */
export const ReadyAnswer = z.object({
  ready: z.literal(true),
  database: z.literal('ok'),
  collector: z.literal('running'),
});

import { z } from 'zod';

/** A task as our addresses name it. */
export const TaskRequest = z.strictObject({ cluster: z.string(), upid: z.string() });
export type TaskRequest = z.infer<typeof TaskRequest>;

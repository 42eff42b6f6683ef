import { z } from 'zod';
import type { ClustersAnswer } from './cluster';
import type { TaskAnswer } from './task';

export const TaskStreamRequest = z.strictObject({ search: z.string().default(''), tz: z.string().default('UTC') });
export type TaskStreamRequest = z.infer<typeof TaskStreamRequest>;

/** Events of `/api/tasks/stream`. Ids resume by `Last-Event-ID`. */
export type TaskEvents = {
  /** A task that the viewer may see has changed; `fits` tells whether the search finds it now. */
  task: { task: TaskAnswer; fits: boolean };
  /** The age of each cluster, when something about it has changed and every ten seconds. */
  status: ClustersAnswer;
  /** Too much has changed to tell it one by one, or the id is unknown here: load the list anew. */
  reset: Record<string, never>;
};

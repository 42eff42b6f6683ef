import { withBase } from '@/lib/client/base-path';
import { type TaskRef, taskHref } from '@/lib/domain/task';

/** The whole address of a task's page, to be copied and sent. */
export const taskLink = (task: TaskRef): string => new URL(withBase(taskHref(task)), window.location.href).href;

/** Where the bytes of a task's log can be had, as a download. */
export const rawLogHref = (task: TaskRef): string => withBase(`/api${taskHref(task)}/log/raw`);

/** One line of a task's log: `n` from 1, `t` its text with encoding repaired, carriage returns and escapes included. */
export type LogLine = { n: number; t: string };

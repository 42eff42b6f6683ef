import type { Random } from '../world/random.ts';

/** What a worker writes next, and how long it works before it does. Text carries its own line ends. */
export type Step = { afterMs: number; text: string | Buffer };

/** How a worker ends: with a final line, or without one when it was killed or left. */
export type Ending = { status: string } | { lost: true };

export type Run = {
  /** Unix milliseconds. */
  startedAtMs: number;
  random: Random;
};

/** A worker's life as a generator: run at once for a task of yesterday, step by step for one of now. */
export type Script = (run: Run) => Generator<Step, Ending>;

export const OK: Ending = { status: 'OK' };

/** What the worker of one type does when it is stopped; `atMs` is the time then. */
export type OnTerm = (atMs: number) => { text: string; status: string };

/** What the last line of a log says about the end (4.7). */
export const finalLine = (status: string): string =>
  status === 'OK' || /^WARNINGS: \d+$/.test(status) ? `TASK ${status}\n` : `TASK ERROR: ${status}\n`;

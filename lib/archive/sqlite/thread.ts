import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { StatementResult } from '@/lib/archive/engine';
import { AppError } from '@/lib/domain/errors';
import type { ThreadAnswer, ThreadSettings, ThreadStatement } from './protocol';

// Started by path from the folder the server runs in, never through the bundler: next.config.mjs copies the file into the
// standalone server, which begins by changing into its own folder.
const WORKER = 'lib/archive/sqlite/worker.ts';

type Waiting = { resolve: (results: StatementResult[]) => void; reject: (error: Error) => void };

/** A database thread. SQLite is synchronous: here it holds up nobody but those who wait for it. */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #nextId = 1;
  #down: Error | undefined;

  constructor(settings: ThreadSettings) {
    const path = join(/* turbopackIgnore: true */ process.cwd(), WORKER);
    if (!existsSync(path)) throw new AppError('unavailable', `The database thread's code is missing: ${path}`);
    this.#worker = new Worker(path, {
      execArgv: [], // what this process was started with is not for it
      workerData: settings,
      name: settings.readOnly ? 'archive-read' : 'archive-write',
    });
    this.#worker.on('message', (answer: ThreadAnswer) => this.#settle(answer));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#fail(new AppError('unavailable', 'The archive is closed.'));
        resolve();
      });
    });
    this.#worker.on('error', (cause) =>
      this.#fail(new AppError('unavailable', `The database thread failed: ${cause.message}`, { cause })),
    );
  }

  /** How many calls wait for an answer. */
  get load(): number {
    return this.#waiting.size;
  }

  /** One message there and one back, however many statements. Throws `unavailable` when the disk or the file is at fault. */
  run(statements: readonly ThreadStatement[], atomic: boolean): Promise<StatementResult[]> {
    if (this.#down) return Promise.reject(this.#down);
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, atomic, statements });
    });
  }

  /** Answers what was asked before, closes the files and ends the thread. */
  async close(): Promise<void> {
    this.#down ??= new AppError('unavailable', 'The archive is closed.');
    this.#worker.postMessage('close');
    await this.#ended;
  }

  #settle(answer: ThreadAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('results' in answer) waiting?.resolve(answer.results);
    else waiting?.reject(toError(answer.error));
  }

  #fail(error: Error): void {
    this.#down ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#down);
    this.#waiting.clear();
  }
}

// Primary result codes of SQLite for which the operator, not a programmer, has something to do.
const REASONS: Readonly<Record<number, string>> = {
  5: 'another process holds the database. Is a second Taskscope using the same data folder?',
  8: 'the database is read-only. May this user write to the data folder?',
  10: 'the disk could not be read or written.',
  11: 'the database file is damaged. Restore it from a backup.',
  13: 'the disk is full.',
  14: 'the database file cannot be opened. May this user write to the data folder?',
  26: 'the file is no database. Restore it from a backup.',
};

function toError({ message, errcode }: { message: string; errcode: number | null }): Error {
  const cause = new Error(message);
  const reason = errcode === null ? undefined : REASONS[errcode & 0xff];
  return reason ? new AppError('unavailable', `The archive cannot be used: ${reason}`, { cause }) : cause;
}

import type { Clock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import { GrowingLog } from './log-file.ts';
import { finalLine, type Script } from './script.ts';
import { statusFromLog } from './status.ts';
import type { Task, TaskTable, TermBehaviour } from './task-table.ts';
import type { UpidParts } from './upid.ts';

const TERM_MS = 1000;
const KILL_MS = 5000;
/** Lines that are due at the same moment, before others get their turn. */
const AT_ONCE = 20_000;

export type WorkerOrder = TermBehaviour & {
  type: string;
  id: string;
  user: string;
  script: Script;
  random: Random;
  /** A UPID from elsewhere, for worlds that repeat a recorded one. */
  upid?: UpidParts;
  /** Runs once the worker has ended, with what the node will say of it. */
  onEnd?: (status: string) => void;
};

export type WorkerHost = {
  table: TaskTable;
  clock: Clock;
  /** How much faster than life scripts run. */
  speed: number;
  /** Called at start and end: the daemon tells the cluster (4.1). */
  changed(): void;
  /** Changes when pvedaemon restarts: its children are then noticed by pvestatd only, up to 10 s late. */
  generation(): number;
};

/** Forks a worker that plays its script in real time. */
export function startWorker(host: WorkerHost, order: WorkerOrder): Task {
  const { table, clock } = host;
  const log = new GrowingLog(clock.seconds());
  const startedAtMs = clock.now();
  const { type, id, user } = order;
  const task = order.upid ? table.adopt(order.upid, log) : table.open({ type, id, user }, startedAtMs, log);
  const bornIn = host.generation();
  const steps = order.script({ startedAtMs, random: order.random });
  let timer: NodeJS.Timeout | undefined;
  let dueMs = performance.now();

  const gone = (notice: boolean): void => {
    clearTimeout(timer);
    if (task.exitStatus !== undefined) return;
    task.exitStatus = statusFromLog(log.bytes());
    delete task.worker;
    if (!notice) return;
    order.onEnd?.(task.exitStatus);
    if (host.generation() === bornIn) {
      table.archive(task, task.exitStatus, clock.seconds());
      host.changed();
    }
  };
  const finish = (status: string | undefined): void => {
    if (status !== undefined) log.append(finalLine(status), clock.seconds());
    gone(true);
  };
  const advance = (): void => {
    for (let written = 0; ; written += 1) {
      const next = steps.next();
      if (next.done) {
        finish('lost' in next.value ? undefined : next.value.status);
        return;
      }
      dueMs += next.value.afterMs / host.speed;
      const { text } = next.value;
      const waitMs = dueMs - performance.now();
      if (waitMs > 1 || written >= AT_ONCE) {
        timer = setTimeout(
          () => {
            log.append(text, clock.seconds());
            advance();
          },
          Math.max(waitMs, 0),
        );
        return;
      }
      log.append(text, clock.seconds());
    }
  };

  task.worker = {
    term: async () => {
      if (task.exitStatus !== undefined) return;
      if (order.ignoresTerm) {
        await wait(KILL_MS);
        gone(true);
        return;
      }
      clearTimeout(timer);
      await wait(TERM_MS);
      if (task.exitStatus !== undefined) return;
      const last = order.onTerm?.(clock.now()) ?? { text: '', status: 'received interrupt' };
      if (last.text !== '') log.append(last.text, clock.seconds());
      finish(last.status);
    },
    vanish: () => gone(false),
    append: (text) => log.append(text, clock.seconds()),
    finish,
  };
  host.changed();
  advance();
  return task;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

import { longLog } from '../logs/odd.ts';
import type { Ending, Script, Step } from '../tasks/script.ts';
import type { Task, WorkerHandle } from '../tasks/task-table.ts';
import { parseUpid, type UpidParts } from '../tasks/upid.ts';
import type { Engine } from '../world/engine.ts';
import { type Fields, flag, maybeText, number, placeOf, text } from './fields.ts';

const FOREVER_MS = 1_000_000_000;

/**
 * Starts a task. `lines` are written one after the other, `everyMs` apart, then the bytes of `raw`;
 * `hold` keeps the task running afterwards until
 * it is finished by another call; `upid` gives it a UPID from elsewhere; `count` makes that many lines instead, over `overMs`. `status` null leaves no final line.
 */
export function startTask(engine: Engine, fields: Fields): { upid: string } {
  const { cluster, node } = placeOf(engine, fields);
  const task = engine.start(cluster, node, {
    type: text(fields, 'type'),
    id: maybeText(fields, 'id') ?? '',
    user: maybeText(fields, 'user') ?? 'root@pam',
    ...(fields.has('upid') ? { upid: readUpid(text(fields, 'upid')) } : {}),
    script: readScript(fields),
    ignoresTerm: flag(fields, 'ignoresTerm'),
  });
  return { upid: task.upid };
}

function readUpid(upid: string): UpidParts {
  const parts = parseUpid(upid);
  if (!parts) throw new Error('upid: cannot be read');
  return parts;
}

function readScript(fields: Fields): Script {
  if (fields.has('count')) return longLog(number(fields, 'count'), fields.has('overMs') ? number(fields, 'overMs') : 0);
  const lines = fields.get('lines') ?? [];
  if (!Array.isArray(lines)) throw new Error('lines: expected a list of texts');
  const afterMs = fields.has('everyMs') ? number(fields, 'everyMs') : 0;
  const ending: Ending =
    fields.get('status') === null ? { lost: true } : { status: maybeText(fields, 'status') ?? 'OK' };
  const hold = flag(fields, 'hold');
  return function* script(): Generator<Step, Ending> {
    for (const line of lines) yield { afterMs, text: `${String(line)}\n` };
    if (fields.has('raw')) yield { afterMs, text: Buffer.from(text(fields, 'raw'), 'latin1') };
    while (hold) yield { afterMs: FOREVER_MS, text: '' };
    return ending;
  };
}

/** Appends text to a running task's log, as it is: a line needs its line feed. */
export const appendToLog = (engine: Engine, fields: Fields): void =>
  runningTask(engine, fields).append(text(fields, 'text'));

export function finishTask(engine: Engine, fields: Fields): void {
  const status = fields.get('status') === null ? undefined : (maybeText(fields, 'status') ?? 'OK');
  runningTask(engine, fields).finish(status);
}

function runningTask(engine: Engine, fields: Fields): WorkerHandle {
  const { worker } = taskOf(engine, fields);
  if (!worker) throw new Error('the task does not run any more');
  return worker;
}

export function taskOf(engine: Engine, fields: Fields): Task {
  const { node } = placeOf(engine, fields);
  const task = node.tasks.find(text(fields, 'upid'));
  if (!task) throw new Error(`no such task on ${node.name}`);
  return task;
}

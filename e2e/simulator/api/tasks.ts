import { splitToken } from '../access/accounts.ts';
import { holds } from '../access/permissions.ts';
import { ApiError, badParameters, data, type Result } from '../http/answer.ts';
import { vmid } from '../http/params.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { requirePrivilege } from '../http/serve.ts';
import { readWindow } from '../tasks/log-file.ts';
import { activeRow, archivedRow, asBytesRead, passes, splitRow, type TaskFilter } from '../tasks/rows.ts';
import type { Task } from '../tasks/task-table.ts';
import { parseUpid } from '../tasks/upid.ts';

const count = { type: 'integer', min: 0 } as const;
const SOURCES = ['archive', 'active', 'all'] as const;
const CLASSES = ['ok', 'error', 'warning', 'unknown'];

export const taskRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/tasks',
    params: {
      start: count,
      limit: count,
      userfilter: { type: 'string' },
      typefilter: { type: 'string' },
      vmid,
      errors: { type: 'boolean' },
      source: { type: 'string', oneOf: SOURCES },
      since: { type: 'integer' },
      until: { type: 'integer' },
      statusfilter: { type: 'string', format: badStatus },
    },
    run: listTasks,
  },
  { method: 'GET', path: '/nodes/{node}/tasks/{upid}', run: () => data([{ name: 'log' }, { name: 'status' }]) },
  { method: 'GET', path: '/nodes/{node}/tasks/{upid}/status', protected: true, run: readStatus },
  {
    method: 'GET',
    path: '/nodes/{node}/tasks/{upid}/log',
    protected: true,
    params: { start: count, limit: count, download: { type: 'boolean' } },
    run: readLog,
  },
  { method: 'DELETE', path: '/nodes/{node}/tasks/{upid}', protected: true, run: stopTask },
];

function badStatus(text: string): string | undefined {
  const bad = text.split(/[\s,;]+/).find((word) => word !== '' && !CLASSES.includes(word.toLowerCase()));
  return bad === undefined ? undefined : `invalid format - invalid status '${bad}'\n`;
}

function listTasks({ cluster, node, who, path, params }: Call): Result {
  const auditor = holds(cluster, who, `/nodes/${path.node}`, 'Sys.Audit');
  const filter = readFilter(params);
  const rows: object[] = [];
  if (params.source === 'active' || params.source === 'all') {
    for (const task of node.tasks.running) {
      const row = activeRow(task);
      if ((auditor || task.user === who) && passes(row, undefined, filter)) rows.push(row);
    }
  }
  if (params.source !== 'active') {
    for (const { task, status } of node.tasks.archived()) {
      const row = archivedRow(task, status);
      if ((auditor || isOwn(who, task.user)) && passes(row, status, filter)) rows.push(row);
    }
  }
  const start = Number(params.start ?? 0);
  return data(rows.slice(start, start + Number(params.limit ?? 50)), rows.length);
}

/** `errors` keeps all but ok and voids `statusfilter` (4.3). */
function readFilter(params: Call['params']): TaskFilter {
  const text = (name: string): string | undefined => (params[name] === undefined ? undefined : String(params[name]));
  const number = (name: string): number | undefined => (params[name] === undefined ? undefined : Number(params[name]));
  const wanted = text('statusfilter')
    ?.toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const classes = params.errors === true ? ['error', 'warning', 'unknown'] : wanted;
  return {
    userfilter: text('userfilter'),
    typefilter: text('typefilter'),
    vmid: number('vmid'),
    since: number('since'),
    until: number('until'),
    classes: classes && new Set(classes),
  };
}

/** Own tasks and those of own tokens; a token has only its own (2.11). */
function isOwn(who: string, actor: string): boolean {
  const { user, token } = splitToken(actor);
  return who === actor || (token !== undefined && who === user);
}

/** Parse, then the file, then the right: 2.11 in this order. */
function findTask({ cluster, node, who, path }: Call, privilege: string): Task {
  const upid = path.upid ?? '';
  if (!parseUpid(upid)) throw badParameters({ upid: 'unable to parse worker upid' });
  const task = node.tasks.find(upid);
  if (!task) throw badParameters({ upid: 'no such task' });
  if (!isOwn(who, task.user)) requirePrivilege(cluster, who, `/nodes/${path.node}`, privilege);
  return task;
}

function readStatus(call: Call): Result {
  const task = findTask(call, 'Sys.Audit');
  const ended = task.exitStatus === undefined ? {} : { exitstatus: asBytesRead(task.exitStatus) };
  const status = task.exitStatus === undefined ? 'running' : 'stopped';
  return data({ ...splitRow(task), pid: task.pid, pstart: task.pstart, status, ...ended });
}

function readLog(call: Call): Result {
  const { cluster, node, who, path, params } = call;
  const upid = path.upid ?? '';
  const parts = parseUpid(upid);
  if (!parts) throw badParameters({ upid: 'unable to parse worker upid' });
  const task = node.tasks.find(upid);
  const own = isOwn(who, parts.user);
  if (!own) requirePrivilege(cluster, who, `/nodes/${path.node}`, 'Sys.Audit');
  if (params.download === true) return download(upid, task, params);
  const start = Number(params.start ?? 0);
  const limit = Number(params.limit ?? 50);
  if (!task) return missingLog(call);
  const { lines, total } = readWindow(task.log.bytes(), start, limit);
  if (total === 0) return data([{ n: 1, t: 'no content' }], 1);
  return data(
    lines.map((bytes, at) => ({ n: start + at + 1, t: bytes.toString('latin1') })),
    total,
  );
}

/** HTTP 200 with the error as a line; up to 9.0.5 without the list around it (4.6). */
function missingLog({ cluster }: Call): Result {
  const row = { n: 1, t: 'unable to open file - No such file or directory' };
  return data(cluster.version.missingLogIsObject ? row : [row], 1);
}

function download(upid: string, task: Task | undefined, params: Call['params']): Result {
  if (params.start !== undefined || params.limit !== undefined) {
    throw new ApiError(500, "'download' cannot be used together with 'start' or 'limit' parameters");
  }
  if (!task) {
    const folder = upid.split(':')[4]?.at(-1) ?? '0';
    throw new ApiError(500, `Could not open file '/var/log/pve/tasks/${folder}/${upid}' - No such file or directory`);
  }
  const time = `${new Date(task.starttime * 1000).toISOString().slice(0, 19)}Z`;
  return { kind: 'file', bytes: Buffer.from(task.log.bytes()), name: `task-${task.node}-${task.type}-${time}.log` };
}

/** Null for everything, also for a task that ended long ago; waits until the worker is gone (4.9). */
async function stopTask(call: Call): Promise<Result> {
  const task = findTask(call, 'Sys.Modify');
  await task.worker?.term();
  return data(null);
}

import { holds } from '../access/permissions.ts';
import { data, type Result } from '../http/answer.ts';
import type { ApiRoute, Call } from '../http/route.ts';
import { asBytesRead } from '../tasks/rows.ts';
import type { Task } from '../tasks/task-table.ts';

type Line = { time: number; task: Task; msg: string };

/** Starts and ends of tasks as text; without Sys.Syslog on `/` only one's own (4.10). */
export const clusterLogRoute: ApiRoute = {
  method: 'GET',
  path: '/cluster/log',
  params: { max: { type: 'integer', min: 1 } },
  run: clusterLog,
};

function clusterLog({ cluster, who, params }: Call): Result {
  const all = holds(cluster, who, '/', 'Sys.Syslog');
  const lines = cluster.nodes.flatMap(({ tasks }) => [
    ...tasks.running.map(started),
    ...[...tasks.archived()].slice(0, 100).flatMap(({ task, status }) => [ended(task, status), started(task)]),
  ]);
  const shown = lines.filter(({ task }) => all || task.user === who).sort((a, b) => b.time - a.time);
  return data(shown.slice(0, Number(params.max ?? 50)).map(row));
}

const started = (task: Task): Line => ({ time: task.starttime, task, msg: `starting task ${task.upid}` });

const ended = (task: Task, status: string): Line => ({
  time: task.endtime ?? task.starttime,
  task,
  msg: `end task ${task.upid} ${asBytesRead(status)}`,
});

const row = ({ time, task, msg }: Line, at: number): object => ({
  uid: String(at + 1),
  id: `${at + 1}:${task.node}`,
  time,
  msg,
  node: task.node,
  user: task.user,
  pid: task.pid,
  pri: 6,
  tag: 'pvedaemon',
});

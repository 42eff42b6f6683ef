import { AppError } from '@/lib/domain/errors';
import type { Guest } from '@/lib/domain/guest';
import type { SeenTask } from '@/lib/domain/task';
import { epochSeconds, secondOf } from '@/lib/domain/time';
import { formatUpid, parseUpid, type Upid } from '@/lib/domain/upid';
import type { Wait } from './alarm';
import type { ClusterReads } from './reads';

type Node = {
  running: Upid[];
  /** Last ended first. */
  ended: { upid: Upid; time: number; status: string }[];
  logs: Map<string, string>;
  state: 'up' | 'down';
  /** How long its lists take. */
  slowMs: number;
  keeps: number;
};

/** A cluster of plain functions for tests, with a node's short memory and the 25 tasks that `cluster/tasks` tells of it. */
export function aCluster(clock: { now(): number; wait: Wait }, names: readonly string[] = ['pve1']) {
  const nodes = new Map<string, Node>(
    names.map((name) => [name, { running: [], ended: [], logs: new Map(), state: 'up', slowMs: 0, keeps: 1_200 }]),
  );
  const asked = new Map<string, number>();
  const world = { tokenRefused: false, unreachable: false, audits: true, guests: new Map<number, Guest>() };
  let pid = 1_000;

  const nodeOf = (name: string): Node => {
    const node = nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    return node;
  };
  const count = (what: string) => {
    asked.set(what, (asked.get(what) ?? 0) + 1);
    if (world.unreachable) throw new AppError('cluster_unreachable', 'Lab did not answer.');
    if (world.tokenRefused) throw new AppError('signed_out', 'Authentication failed!');
  };
  const ask = async (what: string, name: string, signal: AbortSignal): Promise<Node> => {
    count(`${what} ${name}`);
    const node = nodeOf(name);
    if (node.slowMs > 0) await clock.wait(node.slowMs, signal);
    if (node.state === 'down') throw new AppError('node_unreachable', `${name} does not answer.`);
    return node;
  };
  const runningOf = (node: Node): SeenTask[] => node.running.map((upid) => ({ upid }));
  const endedOf = (node: Node): SeenTask[] =>
    node.ended.map(({ upid, time, status }) => ({ upid, end: { time: epochSeconds(time), status } }));

  const reads: ClusterReads = {
    async clusterTasks() {
      count('cluster/tasks');
      if (!world.audits) return [];
      return [...nodes.values()].flatMap((node) => [...runningOf(node), ...endedOf(node)].slice(0, 25));
    },
    async nodeTasks(name, limit, signal) {
      const node = await ask('tasks', name, signal);
      return [...runningOf(node), ...endedOf(node)].slice(0, limit);
    },
    async nodes() {
      count('nodes');
      return [...nodes].map(([node, { state }]) => ({ node, online: state === 'up' }));
    },
    async guests() {
      count('guests');
      return world.guests;
    },
    async taskStatus(name, upid, signal) {
      const node = await ask('status', name, signal);
      if (node.running.some((task) => task.text === upid)) return { running: true };
      const end = node.ended.find((task) => task.upid.text === upid);
      if (!end) throw new AppError('not_found', 'no such task');
      return { running: false, exitStatus: end.status };
    },
    async logPage(name, upid, { skip, limit }, signal) {
      const node = await ask('log', name, signal);
      const lines = (node.logs.get(upid) ?? '').split('\n').slice(0, -1);
      const shown = lines.map((t, i) => ({ n: i + 1, t })).slice(skip, skip + limit);
      return { lines: shown, total: lines.length, missing: !node.logs.has(upid) };
    },
    async *logBytes(name, upid, signal) {
      const node = await ask('download', name, signal);
      const log = node.logs.get(upid);
      if (log === undefined) throw new AppError('rejected', 'unable to open file - No such file or directory');
      yield Buffer.from(log);
    },
    async permissions() {
      count('permissions');
      return world.audits
        ? { '/': { 'Sys.Audit': 1, 'VM.Audit': 1, 'Pool.Audit': 1 } }
        : { '/nodes': { 'Sys.Audit': 1 } };
    },
    async aclPaths() {
      count('acl');
      return ['/'];
    },
    async version() {
      count('version');
      return '9.2.11';
    },
  };

  return {
    reads,
    world,
    asked,
    node: nodeOf,
    /** Everything the nodes list now. */
    tasks: () => [...nodes.values()].flatMap((node) => [...runningOf(node), ...endedOf(node)]),
    start(name: string, parts: { type?: string; id?: string } = {}): string {
      const { type = 'vzdump', id = '' } = parts;
      const startTime = secondOf(clock.now());
      pid += 1;
      const text = formatUpid({ node: name, pid, pstart: 7, startTime, type, id, user: 'root@pam', comment: '' });
      const upid = parseUpid(text);
      if (!upid) throw new Error(`not a UPID: ${text}`);
      nodeOf(name).running.push(upid);
      nodeOf(name).logs.set(text, 'INFO: begun\n');
      return text;
    },
    end(name: string, text: string, status = 'OK', lastLine = status === 'OK' ? 'TASK OK' : `TASK ERROR: ${status}`) {
      const node = nodeOf(name);
      const upid = node.running.find((task) => task.text === text);
      if (!upid) throw new Error(`not running: ${text}`);
      node.running = node.running.filter((task) => task !== upid);
      node.ended = [{ upid, time: secondOf(clock.now()), status }, ...node.ended].slice(0, node.keeps);
      node.logs.set(text, `${node.logs.get(text) ?? ''}${lastLine}\n`);
    },
  };
}

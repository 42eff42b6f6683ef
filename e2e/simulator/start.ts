import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CallCount } from './http/stats.ts';
import type { Announcement } from './simulator.ts';
import type { NodeState } from './world/model.ts';

export type Place = { cluster: string; node: string };

export type NewTask = Place & {
  type: string;
  id?: string;
  /** Default root@pam. */
  user?: string;
  /** A UPID from elsewhere; its fields count, not `type`, `id` and `user`. */
  upid?: string;
  lines?: readonly string[];
  /** Bytes written after the lines, one for each character, without a line end of their own. */
  raw?: string;
  everyMs?: number;
  /** Runs on after its lines, until `finish`. */
  hold?: boolean;
  /** That many made-up lines, over `overMs`. */
  count?: number;
  overMs?: number;
  /** Null: no final line. Default OK. */
  status?: string | null;
  ignoresTerm?: boolean;
};

export type RunningSimulator = Announcement & {
  startTask(task: NewTask): Promise<string>;
  append(place: Place, upid: string, text: string): Promise<void>;
  finish(place: Place, upid: string, status?: string | null): Promise<void>;
  setNode(place: Place, change: { state?: NodeState; slowMs?: number }): Promise<void>;
  /** A POST to the control port: README.md has its calls. */
  call(path: string, body?: object): Promise<unknown>;
  stats(): Promise<{ total: number; mostInFlight: Record<string, number>; calls: CallCount[] }>;
  resetStats(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts the simulator in a process of its own and waits until it listens. `args` are the options of the command line;
 * ports are free ones unless given. Fails with what it wrote on standard error when it does not come up in 30 s.
 */
export async function launchSimulator(args: readonly string[] = []): Promise<RunningSimulator> {
  const given = (name: string): boolean => args.includes(name);
  const ports = [
    ...(given('--port') ? [] : ['--port', '0']),
    ...(given('--control-port') ? [] : ['--control-port', '0']),
  ];
  const script = fileURLToPath(new URL('./cli.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...ports, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const announcement = await firstLine(child);
  const url = announcement.control;
  if (url === null) throw new Error('the simulator has no control port');
  const control = (path: string, body?: object): Promise<unknown> => callControl(url, 'POST', path, body ?? {});
  return {
    ...announcement,
    call: control,
    // The control port answers what its own types say: both ends are this folder's.
    startTask: async (task) => ((await control('/tasks', task)) as { upid: string }).upid,
    append: async (place, upid, text) => void (await control('/append', { ...place, upid, text })),
    finish: async (place, upid, status = 'OK') => void (await control('/finish', { ...place, upid, status })),
    setNode: async ({ cluster, node }, change) => void (await control(`/nodes/${cluster}/${node}`, change)),
    stats: async () => (await callControl(url, 'GET', '/stats')) as Awaited<ReturnType<RunningSimulator['stats']>>,
    resetStats: async () => void (await callControl(url, 'DELETE', '/stats')),
    stop: () => end(child),
  };
}

async function callControl(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`simulator: ${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

function firstLine(child: ChildProcess): Promise<Announcement> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.on('data', (text: Buffer) => {
      complaint += text.toString();
    });
    const timer = setTimeout(() => reject(new Error(`the simulator does not come up: ${complaint}`)), 30_000);
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}: ${complaint}`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
